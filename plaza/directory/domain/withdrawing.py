"""Somebody asks not to be named: her page goes, and her name wherever it stands. What she said stays as words."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.person_names import PARTICLES, TITLES, telling, words_of
from plaza.core.registry import Registry
from plaza.directory.models import Merge, Person

# Told (with her key and all her names) before a person is hidden: whoever knows her by name only notes that it is she.
before_hiding: Final[Registry[Callable[[int, Sequence[str]], None]]] = Registry("who knows people by their names only")


@transaction.atomic
def hide(*, person: Person, by: User | None, why: str = "") -> None:
    """`by` is None where she erased her account. Hidden twice is hidden once."""
    if by is not None and not is_staff(by):
        raise PermissionError("only those who run the network hide a person")
    row = Person.objects.select_for_update().get(pk=person.pk)
    _also_of_what_became_her(row, is_hidden=True)
    if row.is_withdrawn:
        return
    names = [row.name, *Person.objects.filter(merged_into=row).values_list("name", flat=True)]
    for _, note in before_hiding.items():
        note(row.pk, names)
    row.is_withdrawn = True
    row.save(update_fields=["is_withdrawn"])
    history.record(verb="hidden", by=by, subject=row, why=why)


@transaction.atomic
def show_again(*, person: Person, by: User, why: str = "") -> None:
    if not is_staff(by):
        raise PermissionError("only those who run the network show a person again")
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.is_withdrawn:
        _also_of_what_became_her(row, is_hidden=False)
        row.is_withdrawn = False
        row.save(update_fields=["is_withdrawn"])
        history.record(verb="shown again", by=by, subject=row, why=why)


def hidden_among(labels: Collection[str]) -> set[str]:
    """Those of the labels (a speaker, as a file called her) that name somebody who asked not to be named: with accents or
    without, first name last, with a title before or a city behind. One query, and none for no label."""
    if not labels:
        return set()
    hidden = Person.objects.filter(Q(is_withdrawn=True) | Q(merged_into__is_withdrawn=True))
    names = [telling(name) for name in hidden.values_list("name", flat=True)]
    return {label for label in labels if any(_names(words_of(label), name) for name in names)}


def _names(label: list[str], name: list[str]) -> bool:
    """One word alone says of nobody who she is, but where it is all there is."""
    said = [word for word in label if word not in PARTICLES and word not in TITLES]
    if sorted(said) == sorted(name) or "".join(said) == "".join(name):
        return True
    return len(name) > 1 and any(said[place : place + len(name)] == name for place in range(len(said)))


def _also_of_what_became_her(row: Person, *, is_hidden: bool) -> None:
    """Records that were merged into hers are she: where a merge is undone, neither of the two says who she is."""
    Person.objects.filter(merged_into=row).update(is_withdrawn=is_hidden)
    for merge in Merge.objects.select_for_update().filter(kept=row, undone_at=None):
        merge.moved["was_withdrawn"] = is_hidden
        merge.save(update_fields=["moved"])

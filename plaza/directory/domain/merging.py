"""Two records of one person become one, and two again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.merging import Stage, at_once, move_all, move_back
from plaza.directory.choices import HandOverState
from plaza.directory.domain.names import know_by_names
from plaza.directory.models import HandOver, Merge, Person, Twins


class NotStanding(Exception):
    """One of the two is part of another already, or both are one record."""


class TwoAccounts(Exception):
    """Both are the page of somebody with an account: one gives way, or they are two people."""


class OnStageTogether(Exception):
    """Both were on one stage at the same time: two people, or one who was listed twice."""

    def __init__(self, stages: list[Stage]) -> None:
        super().__init__(", ".join(stage.name for stage in stages))
        self.stages = stages


class HandOversMeet(Exception):
    """Of one term of both it was asked who comes next, and answered: the secretariat settles one of the two first."""


class MergedSince(Exception):
    """The record that was kept became part of another: that is to be undone first."""


def stages_of_both(one: Person, other: Person) -> list[Stage]:
    return [stage for _, ask in at_once.items() for stage in ask(one.pk, other.pk)]


@transaction.atomic
def merge(
    *,
    gone: Person,
    kept: Person,
    by: User,
    is_listed_twice: bool = False,
    account_of: Person | None = None,
    why: str = "",
) -> Merge:
    """`gone` becomes part of `kept`; its address leads there. `is_listed_twice`: somebody looked, and who stood twice on
    a stage was one. `account_of`: whose account stays where both have one."""
    _for_staff(by)
    gone, kept = _both(gone, kept)
    if gone.pk == kept.pk or gone.merged_into_id or kept.merged_into_id:
        raise NotStanding
    if gone.user_id and kept.user_id and (account_of is None or account_of.pk not in (gone.pk, kept.pk)):
        raise TwoAccounts
    stages = stages_of_both(gone, kept)
    if stages and not is_listed_twice:
        raise OnStageTogether(stages)
    if _hand_overs_meet(gone, kept):
        raise HandOversMeet
    row = Merge(gone=gone, kept=kept, by=by, moved={"rows": move_all(gone.pk, kept.pk)})
    row.moved |= {"was_withdrawn": kept.is_withdrawn, "accounts": [gone.user_id, kept.user_id]}
    user = gone.user_id if account_of == gone or not kept.user_id else kept.user_id
    gone.user_id, gone.merged_into = None, kept
    gone.save(update_fields=["user", "merged_into"])
    kept.user_id = user
    # Who asked not to be named under one name meant herself.
    kept.is_withdrawn = kept.is_withdrawn or gone.is_withdrawn
    kept.save(update_fields=["user", "is_withdrawn"])
    know_by_names(kept)
    row.save()
    history.record(verb="merged", by=by, subject=kept, why=why, other=gone.pk)
    history.record(verb="merged into another", by=by, subject=gone, why=why, other=kept.pk)
    return row


@transaction.atomic
def part_again(*, merge: Merge, by: User) -> int:
    """Undoes a merge: what moved goes back where nobody has changed it since. Returns how much could not. Undone twice
    is undone once."""
    _for_staff(by)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        return 0
    gone, kept = _both(Person(pk=row.gone_id), Person(pk=row.kept_id))
    if kept.merged_into_id:
        raise MergedSince
    left = move_back(row.moved["rows"], gone.pk, kept.pk)
    hers, its = row.moved["accounts"]
    after = its if kept.user_id == its else None
    if kept.user_id == hers and hers is not None:
        # Where another became somebody else since, neither gets it back.
        after = its if its is None or not Person.objects.filter(user=its).exists() else None
    kept.user_id = after if kept.user_id in (hers, its) else kept.user_id
    kept.is_withdrawn = row.moved["was_withdrawn"] if gone.is_withdrawn else kept.is_withdrawn
    kept.save(update_fields=["user", "is_withdrawn"])
    gone.merged_into = None
    gone.user_id = _if_free(hers)
    gone.save(update_fields=["user", "merged_into"])
    know_by_names(kept)
    row.undone_by, row.undone_at = by, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    history.record(verb="merge undone", by=by, subject=kept, other=gone.pk, left=left)
    history.record(verb="merge undone", by=by, subject=gone, other=kept.pk)
    return left


@transaction.atomic
def say_they_are_two(*, one: Person, other: Person, by: User) -> Twins:
    """They are not offered again. `say_they_may_be_one` takes it back."""
    _for_staff(by)
    first, second = sorted((one, other), key=lambda person: person.pk)
    row, _ = Twins.objects.get_or_create(first=first, second=second, defaults={"likeness": 0})
    if not row.are_two:
        row.are_two, row.decided_by, row.decided_at = True, by, timezone.now()
        row.save(update_fields=["are_two", "decided_by", "decided_at"])
        history.record(verb="said to be two", by=by, subject=first, other=second.pk)
    return row


@transaction.atomic
def say_they_may_be_one(*, twins: Twins, by: User) -> None:
    _for_staff(by)
    if Twins.objects.filter(pk=twins.pk, are_two=True).update(are_two=False, decided_by=None, decided_at=None):
        history.record(verb="may be one again", by=by, subject=twins.first, other=twins.second_id)


def _hand_overs_meet(gone: Person, kept: Person) -> bool:
    """Folded into the other one, the name and address of whoever was named would stay in what is written of the merge."""
    named = HandOver.objects.filter(membership__person=gone, state=HandOverState.NAMED).select_related("membership")
    return any(
        HandOver.objects.filter(
            membership__person=kept,
            membership__post=row.membership.post_id,
            membership__start=row.membership.start,
            ends_on=row.ends_on,
        ).exists()
        for row in named
        if row.membership is not None
    )


def _for_staff(by: User) -> None:
    if not is_staff(by):
        raise PermissionError("only those who run the network say who is one")


def _both(*people: Person) -> tuple[Any, ...]:
    """Locked, always in the same order."""
    rows = Person.objects.select_for_update().order_by("pk").in_bulk([person.pk for person in people])
    return tuple(rows[person.pk] for person in people)


def _if_free(user: int | None) -> int | None:
    """An account that still is, and has no other page."""
    if user is None or not User.objects.filter(pk=user, is_active=True).exists():
        return None
    return None if Person.objects.filter(user=user).exists() else user

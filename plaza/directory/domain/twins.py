"""Which records may be one person: by their names in any order, language and spelling, and by what they have in common."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final, NamedTuple

from django.db import transaction
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from plaza.core.merging import shares
from plaza.core.person_names import sound, telling
from plaza.directory.models import Membership, Person, Twins

# Of a hundred. A name alone is worth looking at from here; less needs something in common.
ALONE: Final = 70
LEAST: Final = 50
EACH_SHARED: Final = 10
MOST_SHARED: Final = 30
# Two words that more people than this have are not looked through pair by pair.
COMMON: Final = 60
MOST: Final = 5000


class Named(NamedTuple):
    pk: int
    words: tuple[str, ...]
    text: str


@transaction.atomic
def look_for_twins() -> int:
    """Looks at all names anew; what somebody decided stays. Returns how many pairs wait."""
    people = [
        Named(pk, tuple(telling(name)), " ".join(name.split()))
        for pk, name in Person.objects.standing().order_by("pk").values_list("pk", "name")
    ]
    common = _in_common()
    found = {}
    for one, other in _pairs(people):
        likeness, why = alike(one, other)
        if not likeness:
            continue
        shared = sorted(common.get(one.pk, set()) & common.get(other.pk, set()))
        score = min(100, likeness + min(MOST_SHARED, EACH_SHARED * len(shared)))
        if score >= (LEAST if shared else ALONE):
            found[one.pk, other.pk] = (score, [[why, None], *([what, key] for what, key in shared[:6])])
    best = dict(sorted(found.items(), key=lambda pair: -pair[1][0])[:MOST])
    standing = {(row.first_id, row.second_id): row for row in Twins.objects.all()}
    Twins.objects.filter(
        pk__in=[row.pk for pair, row in standing.items() if not row.are_two and pair not in best]
    ).delete()
    Twins.objects.bulk_create(
        [
            Twins(first_id=first, second_id=second, likeness=score, reasons=reasons)
            for (first, second), (score, reasons) in best.items()
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["likeness", "reasons"],
    )
    return Twins.objects.open().count()


def alike(one: Named, other: Named) -> tuple[int, str]:
    """How likely two names are one person's, and why; 0 where they are not."""
    mine, its = set(one.words), set(other.words)
    if mine == its:
        if one.text == other.text:
            return 90, "same name"
        return (90, "accents") if one.words == other.words else (90, "order")
    if _initials(one, other):
        return 60, "initials"
    if len(mine & its) >= 2 and (mine <= its or its <= mine):
        return 70, "part of the name"
    heard, said = ({sound(word) for word in words} for words in (mine, its))
    if heard == said:
        return 80, "sounds alike"
    rest = (sorted(mine - its), sorted(its - mine))
    is_slip = len(rest[0]) == len(rest[1]) == 1 and min(map(len, rest[0] + rest[1])) > 3
    if mine & its and is_slip and OSA.distance(rest[0][0], rest[1][0]) == 1:
        return 75, "one letter"
    near = fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words))
    return (65, "nearly the same") if near >= 90 and min(len(mine), len(its)) > 2 else (0, "")


def _initials(one: Named, other: Named) -> bool:
    """`J. García Márquez` and `Juan García`: a surname in common, and a letter that stands for a name."""
    for short, long in ((one, other), (other, one)):
        letters = [word for word in short.words if len(word) == 1]
        rest = {word for word in short.words if len(word) > 1}
        if letters and rest and rest <= set(long.words):
            others = [word for word in long.words if word not in rest]
            if all(any(word[0] == letter for word in others) for letter in letters):
                return True
    return False


def _pairs(people: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Those that share two words by their sound; or one word and how another begins. Each pair once, the older first."""
    blocks: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for person in people:
        heard = sorted({sound(word) for word in person.words})
        keys = {(one, f"{other[:1]}") for one in heard for other in heard if one != other and len(one) > 1}
        keys |= set(combinations(heard, 2)) if len(heard) > 1 else {(heard[0], "")} if heard else set()
        keys.add((" ".join(sorted(person.words)), "="))
        for key in keys:
            blocks[key].append(person)
    seen = set()
    for block in blocks.values():
        if len(block) > COMMON:
            continue
        for one, other in combinations(block, 2):
            pair = (one.pk, other.pk) if one.pk < other.pk else (other.pk, one.pk)
            if pair not in seen:
                seen.add(pair)
                yield (one, other) if one.pk < other.pk else (other, one)


def _in_common() -> Mapping[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for _, ask in shares.items():
        for pk, things in ask(None).items():
            found[pk] |= things
    return found


def places_of_posts(people: Any) -> Mapping[int, set[tuple[str, int]]]:
    """The cities and organisations in which people hold or held a post."""
    rows = Membership.objects.all() if people is None else Membership.objects.filter(person__in=people)
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for person, city, body in rows.values_list("person", "post__city", "post__organization"):
        found[person].add(("city", city) if city else ("organisation", body))
    return found

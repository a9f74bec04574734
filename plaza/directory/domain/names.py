"""What people are found by: their names, and those words of names here that somebody who types them may mean."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db import connection
from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from rapidfuzz.distance import OSA

from plaza.core.person_names import keys_of, known_by, sound, telling
from plaza.directory.models import NameWord, Person

MOST_TYPED: Final = 6
# A word that was typed stands for one of a name, and counts for so much.
SAME, SOUNDS_ALIKE, ONE_SLIP, BEGINS, TWO_SLIPS, INITIAL = 1.0, 0.9, 0.8, 0.7, 0.6, 0.5
# In a word so long two slips are still the same word.
LONG: Final = 6
SPELLINGS: Final = 60


@dataclass(frozen=True, slots=True)
class Meant:
    """What one word that was typed may stand for: by how much it counts, the words."""

    weights: dict[str, float]

    @property
    def words(self) -> list[str]:
        return list(self.weights)


def know_by_names(person: Person) -> None:
    """After a name changed, or another record became part of this one."""
    names = [person.name, *Person.objects.filter(merged_into=person).order_by("pk").values_list("name", flat=True)]
    NameWord.note(*names)
    person.known_as = known_by(names)
    person.save(update_fields=["known_as"])


def meant_by(typed: str) -> list[Meant]:
    """One query. What nobody here is called stands for nothing but itself."""
    words = telling(typed)[:MOST_TYPED]
    spellings = _spellings([word for word in words if len(word) > 1])
    found = []
    for word in words:
        weights = {each: weight for each in spellings[word] if (weight := _weight(word, each))}
        best = sorted(weights, key=lambda each: -weights[each])[:SPELLINGS]
        # `j` is who begins with it; `juan` may be who stands here as `J.`
        first = {word: SAME, f"^{word}": SAME} if len(word) == 1 else {word: SAME, word[0]: INITIAL}
        found.append({each: weights[each] for each in best} | first)
    # `ana maria` is Anamaría too.
    for (one, this), (other, that) in pairwise(zip(words, found, strict=True)):
        for weights in (this, that):
            weights[one + other] = SAME
    return [Meant(weights) for weights in found]


def _spellings(words: Sequence[str]) -> dict[str, list[str]]:
    """Words of names here that share a key with each, begin with it, or have most of its threes of letters."""
    found: dict[str, list[str]] = defaultdict(list)
    if not words:
        return found
    one = (
        "(SELECT %s AS typed, word FROM directory_nameword WHERE keys && %s::varchar[]"
        " UNION SELECT %s, word FROM directory_nameword WHERE word %% %s AND similarity(word, %s) > 0.4"
        " UNION SELECT %s, word FROM directory_nameword WHERE word LIKE %s)"
    )
    values = [
        value
        for word in words
        for value in (word, keys_of(word), word, word, word, word, f"{word}%" if len(word) > 2 else word)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), values)
        for typed, word in cursor.fetchall():
            found[typed].append(word)
    return found


def _weight(typed: str, word: str) -> float:
    if typed == word:
        return SAME
    slips = OSA.distance(typed, word, score_cutoff=2)
    if slips <= 1 and min(len(typed), len(word)) > 2:
        return SOUNDS_ALIKE if sound(typed) == sound(word) else ONE_SLIP
    if sound(typed) == sound(word):
        return SOUNDS_ALIKE
    if len(typed) > 2 and word.startswith(typed):
        return BEGINS
    return TWO_SLIPS if slips == 2 and len(typed) >= LONG else 0.0


def called(people: "QuerySet[Person]", typed: str) -> "QuerySet[Person]":
    """Those who may be meant, each with `likeness`; best first. Where nobody answers to all the words, those who answer
    to all but one, then to any. At most four queries."""
    meant = meant_by(typed)
    every = Q()
    for each in meant:
        every &= Q(known_as__overlap=each.words)
    all_but_one = Q(pk__in=[])
    for left_out in range(len(meant) if len(meant) > 1 else 0):
        rest = Q()
        for place, each in enumerate(meant):
            if place != left_out:
                rest &= Q(known_as__overlap=each.words)
        all_but_one |= rest
    for asked in (every, all_but_one):
        if people.filter(asked).exists():
            return _by_likeness(people.filter(asked), meant)
    return people.none()


def _by_likeness(people: "QuerySet[Person]", meant: Sequence[Meant]) -> "QuerySet[Person]":
    score: object = Value(0.0)
    for each in meant:
        by_weight: dict[float, list[str]] = defaultdict(list)
        for word, weight in each.weights.items():
            by_weight[weight].append(word)
        whens = [
            When(known_as__overlap=by_weight[weight], then=Value(weight)) for weight in sorted(by_weight, reverse=True)
        ]
        score = score + Case(*whens, default=Value(0.0), output_field=FloatField())  # type: ignore[operator]
    return people.annotate(likeness=score).order_by("-likeness", "known_as__len", "name_sort", "pk")

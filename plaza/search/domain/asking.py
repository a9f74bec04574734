"""Asking: what the network has said to a question, quoted byte for byte with who, where and when; or that nobody has.

No sentence here is ours: a quote is a stretch of a transcript, and what answers is decided by its likelihood alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from django.db.models import F

from plaza.accounts.access import Asker
from plaza.core.languages import Language
from plaza.core.translations import Words
from plaza.directory.models import City
from plaza.meetings.models import Appearance, Session
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.engines import encoders
from plaza.retrieval.refusal import fitted
from plaza.retrieval.text import words
from plaza.search.domain.finding import CLEAR, Found, look, worded
from plaza.search.domain.indexing import MEETING, RECORDING
from plaza.search.domain.translated import translations_of

# How far below the best a passage may stand and still be quoted, and how many are.
NEAR_THE_BEST: Final = 0.45
MOST_QUOTES: Final = 6
NEAREST_SHOWN: Final = 5
MOST_TOLD: Final = 3
# Titles of meetings resemble each other, and any question about cities: a meeting dealt with it if its words carry this part
# of the question's weight, or if the careful encoder finds it this near. In the demo's archive most that did are above
# one of the two, most that did not are at .1 and .38 at most.
OF_ITS_WORDS: Final = 0.2
NEAR_IN_MEANING: Final = 0.4
# Cosines of the quick encoder: two quotes say much the same, or are the same words again.
SAYS_THE_SAME: Final = 0.55
IS_THE_SAME: Final = 0.93


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that were said. `text` is a stretch of the transcript, byte for byte."""

    text: str
    found: Found
    city: City | None = None
    # By a machine, for a reader of another language: never what was said.
    translation: Words | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """A city that has spoken of it, and the quotes that are its own."""

    city: City
    quotes: list[Quote]

    @property
    def speakers(self) -> list[Found]:
        """Each once, with the first of her quotes."""
        first = {quote.found.speaker: quote.found for quote in reversed(self.quotes)}
        return list(reversed(first.values()))


@dataclass(frozen=True, slots=True)
class Answer:
    """`groups`: quotes that say much the same stand together, the best group first. Unanswered, it has none and
    `nearest` stands in their place."""

    question: str
    language: Language
    is_answered: bool
    likelihood: float
    groups: list[list[Quote]] = field(default_factory=list)
    peers: list[Peer] = field(default_factory=list)
    nearest: list[Found] = field(default_factory=list)
    # Meetings of which only a page tells: no answer, but somebody to ask. Shown answered or not.
    told: list[Found] = field(default_factory=list)

    @property
    def quotes(self) -> list[Quote]:
        return [quote for group in self.groups for quote in group]


def ask_network(question: str, *, language: Language, user: Asker, shown_in: Language | None = None) -> Answer:
    """Only what `user` may see is quoted, counted or near."""
    looked = look(question, language=language, user=user, shown_in=shown_in, limit=MOST_QUOTES, answered_by=[RECORDING])
    said = [each for each in looked.found if each.hit.source == RECORDING]
    told = _told(looked.found)
    if not said or looked.likelihood < fitted().answered:
        nearest = _each_source_once(said)[:NEAREST_SHOWN]
        worded([*nearest, *told])
        return Answer(question, language, False, looked.likelihood, nearest=nearest, told=told)
    best = max(each.hit.score for each in said)
    chosen = [each for each in said if each.hit.score >= best - NEAR_THE_BEST and words(each.best)]
    worded([*chosen[:MOST_QUOTES], *told])
    groups = _translated(_grouped(_quotes(chosen[:MOST_QUOTES], user)), shown_in or language)
    shown = [quote for group in groups for quote in group]
    return Answer(question, language, True, looked.likelihood, groups=groups, peers=_peers(shown), told=told)


def _told(found: Sequence[Found]) -> list[Found]:
    """Meetings that were clearly about it and of which nothing can be heard."""
    clear = [each for each in found if each.hit.source == MEETING and each.above_noise > CLEAR]
    return _each_source_once([each for each in clear if not each.owner.is_heard and _dealt_with_it(each)])[:MOST_TOLD]


def _dealt_with_it(told: Found) -> bool:
    parts = told.hit.parts
    return parts.meant >= OF_ITS_WORDS or (parts.e5 is not None and parts.e5.cosine >= NEAR_IN_MEANING)


def _each_source_once(found: Sequence[Found]) -> list[Found]:
    first: dict[tuple[str, str], Found] = {}
    for each in found:
        first.setdefault((each.hit.source, each.hit.source_id), each)
    return list(first.values())


def _quotes(found: Sequence[Found], user: Asker) -> list[Quote]:
    """With the city that the speaker spoke for, in a meeting that `user` may see."""
    cities = {(row.person_id, row.work_id): row.city for row in _on_stage(found, user)}
    return [
        Quote(each.best, each, cities.get((each.person.pk, each.owner.work_id)) if each.person else None)
        for each in found
    ]


def _on_stage(found: Sequence[Found], user: Asker) -> list[Any]:
    """The appearances of who speaks at these places of recordings, in sessions that `user` may see, with city and
    country; each names its `work_id`."""
    return list(
        Appearance.objects.filter(
            session__in=Session.objects.visible_to(user),
            session__works__in={each.owner.work_id for each in found},
            person__in={each.person.pk for each in found if each.person},
            city__isnull=False,
        )
        .annotate(work_id=F("session__works"))
        .select_related("city__country")
        .order_by("pk")
    )


def _grouped(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Quotes that say much the same stand together; the same words again are left out."""
    quick = encoders().quick
    if quick is None or len(quotes) < 2:
        return [[quote] for quote in quotes]
    languages = [quote.found.hit.language for quote in quotes]
    try:
        vectors = quick.encode([quote.text for quote in quotes], languages, "passage")
    except EncoderAbsent:
        return [[quote] for quote in quotes]
    groups: list[list[int]] = []
    for number in range(len(quotes)):
        near = [float(np.max(vectors[group] @ vectors[number])) for group in groups]
        if near and max(near) >= IS_THE_SAME:
            continue
        if near and max(near) >= SAYS_THE_SAME:
            groups[int(np.argmax(near))].append(number)
        else:
            groups.append([number])
    return [[quotes[number] for number in group] for group in groups]


def _translated(groups: Sequence[list[Quote]], language: Language) -> list[list[Quote]]:
    said = iter(translations_of([quote.found for group in groups for quote in group], language))
    return [[replace(quote, translation=next(said)) for quote in group] for group in groups]


def _peers(quotes: Sequence[Quote]) -> list[Peer]:
    by_city: dict[int, Peer] = {}
    for quote in quotes:
        if quote.city is not None:
            by_city.setdefault(quote.city.pk, Peer(quote.city, [])).quotes.append(quote)
    return list(by_city.values())

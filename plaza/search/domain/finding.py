"""Finding: a question in one language, places in four."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from plaza.accounts.access import Asker
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import Language
from plaza.core.translations import Words
from plaza.directory.models import Person
from plaza.knowledge.models import Recording, Work
from plaza.meetings.models import Meeting
from plaza.retrieval.engines import encoders_for
from plaza.retrieval.language import language_of
from plaza.retrieval.passages import Hit
from plaza.retrieval.query import outcome as ask
from plaza.retrieval.refusal import likelihood
from plaza.search.access import audiences_of
from plaza.search.domain.indexing import MEETING, RECORDING
from plaza.search.domain.shelves import shelves_for
from plaza.search.domain.speakers import spoken_at

# Several passages of one recording fold into one result, so more are asked for than are shown.
PER_SOURCE: Final = 4
# A meeting's title names a subject and answers nothing: what was said comes first, unless it is far off.
TITLE_ONLY: Final = 0.4
# How much is shown around the sentence that answers.
AROUND: Final = 220


@dataclass(frozen=True, slots=True)
class Found:
    """One result: where it is, what it says there, and other places of the same source beneath."""

    hit: Hit
    title: Words
    url: str
    speaker: str
    person: Person | None
    owner: Any
    more: list["Found"] = field(default_factory=list)

    @property
    def date(self) -> ImpreciseDate | None:
        dated: Work | Meeting = self.owner.work if isinstance(self.owner, Recording) else self.owner
        return dated.date

    @property
    def before(self) -> str:
        """What is said just before, cut at a word."""
        text = self.hit.text[: self.hit.best.start]
        return text[text.find(" ", len(text) - AROUND) + 1 :] if self.is_cut_before else text

    @property
    def best(self) -> str:
        return self.hit.text[self.hit.best.start : self.hit.best.end].rstrip()

    @property
    def after(self) -> str:
        text = self.hit.text[self.hit.best.start + len(self.best) :]
        return text[: text.rfind(" ", 0, AROUND)] if self.is_cut_after else text

    @property
    def is_cut_before(self) -> bool:
        return self.hit.best.start > AROUND

    @property
    def is_cut_after(self) -> bool:
        return len(self.hit.text) - self.hit.best.end > AROUND


def question_language(question: str, page_language: Language) -> Language:
    """The language a question is written in; that of the page where it is too short to tell."""
    return language_of(question) or page_language


def find(
    question: str,
    *,
    language: Language,
    user: Asker,
    shown_in: Language | None = None,
    limit: int = 10,
    is_folded: bool = True,
) -> list[Found]:
    """The best places for a question, best first. Only what `user` may see.

    `language` is the question's, `shown_in` that of the reader (titles, addresses). Folded, each source stands
    once, with its other places beneath; unfolded, every place stands for itself.
    """
    found = look(question, language=language, user=user, shown_in=shown_in, limit=limit).found
    return (_folded(found) if is_folded else found)[:limit]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, unfolded, and how likely it is that some of it answers: between 0 and 1."""

    found: list[Found]
    likelihood: float


def look(
    question: str,
    *,
    language: Language,
    user: Asker,
    shown_in: Language | None = None,
    limit: int = 10,
    sources: Sequence[str] = (RECORDING, MEETING),
) -> Looked:
    """`find` and `ask` both begin here. What is hidden from the asker counts for nothing."""
    audiences = audiences_of(user)
    asked = [
        (shelf, ask(shelf, question, language, encoders_for(shelf), audiences=audiences, limit=limit * PER_SOURCE))
        for shelf in shelves_for(audiences)
    ]
    hits = [hit for _, outcome in asked for hit in outcome.hits if hit.source in sources]
    hits.sort(key=lambda hit: -hit.score + (TITLE_ONLY if hit.source == MEETING else 0.0))
    found = _owned(hits, user, shown_in or language)
    seen = {each.hit.passage_id for each in found}
    # Of each shelf by itself, for each has its own noise; the best of them counts.
    likely = [
        likelihood(
            question,
            [hit for hit in outcome.hits if hit.passage_id in seen],
            outcome.vectors,
            outcome.strange,
            shelf.noise,
        )
        for shelf, outcome in asked
    ]
    return Looked(found, max(likely, default=0.0))


def _folded(found: Iterable[Found]) -> list[Found]:
    first: dict[tuple[str, str], Found] = {}
    for each in found:
        key = (each.hit.source, each.hit.source_id)
        if key in first:
            first[key].more.append(each)
        else:
            first[key] = each
    return list(first.values())


def _owned(hits: Sequence[Hit], user: Asker, language: Language) -> list[Found]:
    """Hits with their owners, in order; a hit whose owner the asker may not see is no hit."""
    of = {source: {hit.source_id for hit in hits if hit.source == source} for source in (RECORDING, MEETING)}
    recordings = Recording.objects.visible_to(user).ready().for_titles().filter(pk__in=of[RECORDING])
    meetings = Meeting.objects.visible_to(user).for_titles().filter(pk__in=of[MEETING])
    owners: dict[tuple[str, str], Any] = {(RECORDING, str(row.pk)): row for row in recordings}
    if of[MEETING]:
        owners |= {(MEETING, str(row.pk)): row for row in meetings}
    segments = spoken_at([hit for hit in hits if hit.source == RECORDING and (RECORDING, hit.source_id) in owners])
    found = []
    with override(language):
        for hit in hits:
            owner = owners.get((hit.source, hit.source_id))
            if owner is None:
                continue
            words = owner.work if isinstance(owner, Recording) else owner
            found.append(
                Found(
                    hit=hit,
                    title=words.words("title", language),
                    url=url_of(hit, words.slug),
                    speaker=segment.speaker_label if (segment := segments.get(hit.passage_id)) else "",
                    person=segment.person if segment else None,
                    owner=owner,
                )
            )
    return found


def url_of(hit: Hit, slug: str) -> str:
    """The address that opens at the second, with the words to mark."""
    if hit.source == MEETING:
        return reverse("meetings:meeting", args=[slug])
    page = reverse("knowledge:recording", args=[slug])
    if hit.best_place is None:
        return page
    end = max(hit.best_end or hit.best_place, hit.best_place + 0.01)
    return f"{page}?{urlencode({'t': f'{hit.best_place:g},{end:g}'}, safe=',')}#t={hit.best_place:g}"

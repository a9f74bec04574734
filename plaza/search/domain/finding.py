"""Finding: a question in one language, places in four."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from plaza.accounts.access import Asker
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import Language
from plaza.core.translations import Words, read_translations
from plaza.directory.models import Person
from plaza.knowledge.domain.speakers import speakers_of
from plaza.knowledge.models import Recording, Segment, Work
from plaza.meetings.models import Meeting
from plaza.retrieval.engines import encoders_for
from plaza.retrieval.language import language_of
from plaza.retrieval.passages import EVERYWHERE, Hit, Within
from plaza.retrieval.query import outcome
from plaza.retrieval.refusal import likelihood, strength
from plaza.retrieval.text import words
from plaza.search.access import audiences_of
from plaza.search.domain.indexing import MEETING, RECORDING
from plaza.search.domain.owners import annotated
from plaza.search.domain.shelves import shelves_for
from plaza.search.domain.speakers import spoken_at

# Several passages of one recording fold into one result, so more are asked for than are shown.
PER_SOURCE: Final = 4
# A meeting's title names a subject and answers nothing: what was said comes first, unless it is far off.
TITLE_ONLY: Final = 0.4
# Two sentences are the same if they share this part of all their words, and at least so many.
ALIKE: Final = 0.8
FEWEST_ALIKE: Final = 6
# How far above noise a passage speaks of what was asked. In the demo what is found for 19 of 20 answered questions is
# above .26, for most of what is no question of a city below 0; of what cities ask in vain, three in four are below .4.
CLEAR: Final = 0.15
# No row has this id: asking for it keeps a query in its place where there is nobody to ask for, so that a page costs
# the same whatever was found.
NOBODY: Final = 0
# How much is shown around the sentence that answers.
AROUND: Final = 220


@dataclass(frozen=True, slots=True)
class Found:
    """One result: where it is, what it says there, and other places of the same source beneath."""

    hit: Hit
    owner: Any
    shown_in: Language
    speaker: str
    person: Person | None
    # How far its strength stands above what questions that nobody answers find here at best.
    above_noise: float
    more: list["Found"] = field(default_factory=list)

    @property
    def title(self) -> Words:
        """Costs no query after `worded`."""
        words: Words = _worded(self.owner).words("title", self.shown_in)
        return words

    @property
    def url(self) -> str:
        with override(self.shown_in):
            return url_of(self.hit, _worded(self.owner).slug)

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
    shown = (folded(found) if is_folded else found)[:limit]
    worded(shown)
    return shown


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
    answered_by: Sequence[str] = (RECORDING, MEETING),
    within: Within = EVERYWHERE,
    with_facts: bool = False,
) -> Looked:
    """`find`, `ask` and the page of places begin here. What is hidden from the asker counts for nothing.

    `sources` are taken from what the whole index proposes, at no cost; `within` looks at a part of it, exactly. Only
    those of `answered_by` count in the likelihood. `with_facts`: with what search.domain.facets tells of each."""
    audiences = audiences_of(user)
    asked = [
        (
            shelf,
            outcome(
                shelf,
                question,
                language,
                encoders_for(shelf),
                audiences=audiences,
                limit=limit * PER_SOURCE,
                within=within,
            ),
        )
        for shelf in shelves_for(audiences)
    ]
    hits = [(hit, shelf.noise) for shelf, its in asked for hit in its.hits if hit.source in sources]
    hits.sort(key=lambda each: -each[0].score + (TITLE_ONLY if each[0].source == MEETING else 0.0))
    found = _owned(hits, user, shown_in or language, sources, with_facts=with_facts)
    seen = {each.hit.passage_id for each in found if each.hit.source in answered_by}
    # Of each shelf by itself, for each has its own noise; the best of them counts.
    likely = [
        likelihood([hit for hit in its.hits if hit.passage_id in seen], its.vectors, shelf.noise)
        for shelf, its in asked
    ]
    return Looked(found, max(likely, default=0.0))


def folded(found: Iterable[Found]) -> list[Found]:
    """Each source once, with its other places beneath; and beneath it, too, another source that says the same words."""
    first: dict[tuple[str, str], Found] = {}
    shown: list[tuple[Found, frozenset[str]]] = []
    for each in found:
        key = (each.hit.source, each.hit.source_id)
        if key not in first:
            said = frozenset(words(each.best))
            twin = next((other for other, its in shown if _is_the_same(said, its)), None)
            first[key] = twin or each
            if twin is None:
                shown.append((each, said))
                continue
        first[key].more.append(each)
    return [each for each, _ in shown]


def _is_the_same(said: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences are the same but for a word or two that one of two transcripts misheard."""
    return len(said & other) >= max(FEWEST_ALIKE, ALIKE * len(said | other))


def _owned(
    hits: Sequence[tuple[Hit, float]], user: Asker, language: Language, sources: Sequence[str], *, with_facts: bool
) -> list[Found]:
    """Hits (each with the noise of where it stands) with their owners, in order; a hit whose owner the asker may not
    see is no hit."""
    owners: dict[tuple[str, str], Any] = {}
    for source in sources:
        rows: QuerySet[Any] = (
            Recording.objects.visible_to(user).ready().select_related("work")
            if source == RECORDING
            else Meeting.objects.visible_to(user).telling_whether_heard()
        )
        ids = {int(hit.source_id) for hit, _ in hits if hit.source == source}
        rows = rows.filter(pk__in=[NOBODY, *ids])
        owners |= {(source, str(row.pk)): row for row in (annotated(rows, user) if with_facts else rows)}
    segments = spoken_at([hit for hit, _ in hits if (hit.source, hit.source_id) in owners])
    speakers = speakers_of(segments.values())
    found = []
    for hit, noise in hits:
        owner = owners.get((hit.source, hit.source_id))
        if owner is None:
            continue
        segment = segments.get(hit.passage_id)
        found.append(
            Found(
                hit=hit,
                owner=owner,
                shown_in=language,
                speaker=speakers[segment.pk] if segment else "",
                person=_named(segment),
                above_noise=strength(hit.parts) - noise,
            )
        )
    return found


def _named(segment: Segment | None) -> Person | None:
    """Who asked not to be named is nobody here."""
    person = segment.person if segment else None
    return None if person is None or person.is_withdrawn else person


def worded(found: Iterable[Found]) -> None:
    """Reads the titles of what is shown, and of what is beneath it, in one query."""
    owners = {id(each.owner): _worded(each.owner) for top in found for each in (top, *top.more)}
    read_translations(owners.values())


def _worded(owner: Any) -> Any:
    """What has the title: a recording's work, or the meeting itself."""
    return owner.work if isinstance(owner, Recording) else owner


def url_of(hit: Hit, slug: str) -> str:
    """The address that opens at the second, with the words to mark."""
    if hit.source == MEETING:
        return reverse("meetings:meeting", args=[slug])
    page = reverse("knowledge:recording", args=[slug])
    if hit.best_place is None:
        return page
    end = max(hit.best_end or hit.best_place, hit.best_place + 0.01)
    return f"{page}?{urlencode({'t': f'{hit.best_place:g},{end:g}'}, safe=',')}#t={hit.best_place:g}"

"""Finding: a question in one language, places in four."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from plaza.accounts.access import Asker
from plaza.core.languages import Language, known
from plaza.core.translations import Words
from plaza.knowledge.models import Recording, Segment
from plaza.meetings.models import Meeting
from plaza.retrieval import index
from plaza.retrieval.engines import encoders
from plaza.retrieval.language import language_of
from plaza.retrieval.models import Collection
from plaza.retrieval.passages import Hit
from plaza.retrieval.query import ask
from plaza.search.access import audiences_of
from plaza.search.domain.indexing import MEETING, RECORDING

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
    owner: Any
    more: list["Found"] = field(default_factory=list)

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
    collection = Collection.objects.filter(name=index.NETWORK).first()
    if collection is None:
        return []
    hits = ask(collection, question, language, encoders(), audiences=audiences_of(user), limit=limit * PER_SOURCE)
    hits.sort(key=lambda hit: -hit.score + (TITLE_ONLY if hit.source == MEETING else 0.0))
    found = _owned(hits, user, shown_in or language)
    return (_folded(found) if is_folded else found)[:limit]


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
    recordings = {
        str(row.pk): row
        for row in Recording.objects.visible_to(user)
        .ready()
        .for_titles()
        .filter(pk__in=[hit.source_id for hit in hits if hit.source == RECORDING])
    }
    meetings = {
        str(row.pk): row
        for row in Meeting.objects.visible_to(user)
        .for_titles()
        .filter(pk__in=[hit.source_id for hit in hits if hit.source == MEETING])
    }
    speakers = _speakers([hit for hit in hits if hit.source_id in recordings])
    found = []
    with override(language):
        for hit in hits:
            owner = (recordings if hit.source == RECORDING else meetings).get(hit.source_id)
            if owner is None:
                continue
            words = owner.work if isinstance(owner, Recording) else owner
            found.append(
                Found(
                    hit=hit,
                    title=words.words("title", language),
                    url=url_of(hit, words.slug),
                    speaker=speakers.get(hit.passage_id, ""),
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


def _speakers(hits: Sequence[Hit]) -> dict[int, str]:
    """Who is speaking at each hit's best sentence, for all of them in one query."""
    wanted = {(int(hit.source_id), hit.best_place): hit.passage_id for hit in hits if hit.best_place is not None}
    rows = Segment.objects.filter(
        transcript__recording__in={recording for recording, _ in wanted},
        start__in={start for _, start in wanted},
    ).values_list("transcript__recording", "start", "speaker_label")
    return {wanted[recording, start]: label for recording, start, label in rows if (recording, start) in wanted}


def as_json(question: str, language: Language, found: Sequence[Found], took_ms: float) -> dict[str, Any]:
    """The document of `plaza search --json` (contract in docs/developing)."""
    return {
        "query": question,
        "language": language,
        "took_ms": round(took_ms, 1),
        "hits": [
            {
                "score": round(each.hit.score, 4),
                "language": known(each.hit.language),
                "text": each.hit.text,
                "title": each.title.text,
                "url": each.url,
                "source": each.hit.source,
                "place": {"seconds": each.hit.best_place} if each.hit.best_place is not None else None,
            }
            for each in found
        ],
    }

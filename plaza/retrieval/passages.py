"""What is handed in and what comes back: plain values, no rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plaza.core.languages import Language
from plaza.retrieval.fusion import Parts
from plaza.retrieval.text import Span, quotable


@dataclass(frozen=True, slots=True)
class NewPassage:
    """Text to be found, with its place. `sentence_places[i]` is the second or page of sentence i;
    empty where the source has no places."""

    text: str
    language: Language
    start: float | None = None
    end: float | None = None
    spans: Sequence[Span] = ()
    sentence_places: Sequence[float] = ()
    audience: str = "public"
    # What the passage is part of (its source's title), in its own language: said alone, "it cost 40
    # dollars" is about nothing. Encoders read it before the text; it is never shown or quoted.
    context: str = ""
    # The same for the lexical leg, in whatever languages people have written it.
    headings: Sequence[tuple[str, Language]] = ()

    def sentence_spans(self) -> Sequence[Span]:
        return self.spans or quotable(self.text)


@dataclass(frozen=True, slots=True)
class Within:
    """The part of a collection in which to look: passages of this kind of source, of these sources (kind and id), in
    this language. None: all of them."""

    kind: str | None = None
    sources: Sequence[tuple[str, str]] | None = None
    language: Language | None = None


EVERYWHERE: Final = Within()


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found. `best` is the sentence nearest to the question, a stretch of `text`;
    `best_place` and `best_end` where it begins and ends in the source. `exact`: what quoted phrases that it has add to
    the score."""

    passage_id: int
    source: str
    source_id: str
    position: int
    language: Language
    text: str
    score: float
    start: float | None
    end: float | None
    best: Span
    best_place: float | None
    best_end: float | None
    parts: Parts
    exact: float = 0.0

"""Asking the index: three legs propose, one scale decides."""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db.models import Q

from plaza.core.languages import Language
from plaza.retrieval.dictionary import dictionary_of
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.fusion import Parts, fuse, nearness
from plaza.retrieval.index import K1
from plaza.retrieval.models import Collection, Term
from plaza.retrieval.packing import unpacked
from plaza.retrieval.passages import Hit
from plaza.retrieval.statements import AskedTerm, Candidate, Leg, Words, candidates, finalists
from plaza.retrieval.terms import Asked, query_terms
from plaza.retrieval.text import LONGEST_QUERY, Span, is_question, safe

# A term in more passages than this part of them says nothing and costs most.
TOO_COMMON: Final = 0.3
# A question resembles the question asked and answers nothing: what is said after it is to be quoted.
ASKED: Final = 0.25
FEW_PASSAGES: Final = 500
# How many passages, at least, are read whole and judged by their best sentence too.
FEWEST_FINALISTS: Final = 60


# As many as the threads of a web process may ask at once.
_beside: Final = ThreadPoolExecutor(max_workers=8, thread_name_prefix="careful")


@dataclass(frozen=True, slots=True)
class Encoders:
    """The engines at hand; any may be missing, and the words still serve. `words` is the quick one, for single
    words (the dictionary)."""

    careful: Encoder | None = None
    quick: Encoder | None = None
    words: Encoder | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, best first; the question as the two encoders see it (their vectors end to end; None where
    either is away); and how strange its words are here (0: each was said, or something near it)."""

    hits: list[Hit]
    vectors: Vectors | None
    strange: float


def ask(
    collection: Collection,
    text: str,
    language: Language,
    encoders: Encoders,
    *,
    audiences: Sequence[str] = ("public",),
    limit: int = 10,
) -> list[Hit]:
    """The `limit` best passages for a query, best first. An empty or unsayable query has none."""
    return outcome(collection, text, language, encoders, audiences=audiences, limit=limit).hits


def outcome(
    collection: Collection,
    text: str,
    language: Language,
    encoders: Encoders,
    *,
    audiences: Sequence[str] = ("public",),
    limit: int = 10,
) -> Outcome:
    """The same, with what is needed to judge whether it answers (retrieval.refusal)."""
    text = safe(text, LONGEST_QUERY)
    if not text or not collection.passages:
        return Outcome([], None, 0.0)
    # The careful encoder takes longest, in a process of its own: the rest is done meanwhile.
    waiting = _beside.submit(_leg, encoders.careful, text, language)
    quick = _leg(encoders.quick, text, language)
    words = _words(collection, text, language, encoders.words)
    careful = waiting.result()
    found = candidates(collection, words, careful, quick, audiences)
    is_careful = careful is not None
    found.sort(key=lambda each: (-fuse(_first_parts(each, words), is_careful=is_careful), each.passage_id))
    best = {each.passage_id: each for each in found[: max(limit, FEWEST_FINALISTS)]}
    hits = [_hit(row, best[row["id"]], words, quick, is_careful=is_careful) for row in finalists(list(best), quick)]
    hits.sort(key=lambda hit: (-hit.score, hit.passage_id))
    return Outcome(hits[:limit], _both(careful, quick), words.strange)


def _words(collection: Collection, text: str, language: Language, words: Encoder | None) -> Words:
    asked = query_terms(text, language)
    meanings, strangeness = _meanings(collection, asked, language, words)
    rows = list(
        Term.objects.filter(collection=collection, passages__gt=0).filter(
            Q(text__in={term for word in asked for term in word.terms})
            | Q(pk__in={term for meaning in meanings for term in meaning})
        )
    )
    by_text, by_id = {row.text: row for row in rows}, {row.pk: row for row in rows}
    size = collection.passages
    terms: list[AskedTerm] = []
    said_mass = meant_mass = strange = 0.0
    for token, (word, meaning, is_strange) in enumerate(zip(asked, meanings, strangeness, strict=True)):
        typed = [by_text[term] for term in sorted(word.terms) if term in by_text]
        meant = {row.pk: 1.0 for row in typed}
        meant = {term: near for term, near in meaning.items() if term in by_id} | meant
        # A word no passage has is as rare as can be: it counts in full against the rest.
        said_most = max((_idf(row.passages, size) for row in typed), default=_idf(0, size))
        meant_most = (
            said_most if typed else max((_idf(by_id[term].passages, size) for term in meant), default=said_most)
        )
        if not typed:
            strange += is_strange
        said_mass += said_most * (K1 + 1)
        meant_mass += meant_most * (K1 + 1)
        for term, near in meant.items():
            passages = by_id[term].passages
            if size > FEW_PASSAGES and passages > TOO_COMMON * size:
                continue
            idf = _idf(passages, size)
            is_typed = by_id[term].text in word.terms
            terms.append(AskedTerm(term, token, said=idf if is_typed else 0.0, meant=near * idf))
    return Words(terms, said_mass, meant_mass, strange)


def _meanings(
    collection: Collection, asked: Sequence[Asked], language: Language, words: Encoder | None
) -> tuple[list[dict[int, float]], list[float]]:
    """For each word, the terms that say the same in other languages, and how strange it is here. Without the encoder
    of words, neither."""
    nothing: tuple[list[dict[int, float]], list[float]] = [{} for _ in asked], [0.0] * len(asked)
    if words is None or not asked:
        return nothing
    try:
        vectors = words.encode([word.word for word in asked], [language] * len(asked), "query")
    except EncoderAbsent:
        return nothing
    dictionary = dictionary_of(collection, words)
    return dictionary.meanings(vectors, language), dictionary.strangeness(vectors)


def _idf(passages: int, size: int) -> float:
    return math.log(1 + (size - passages + 0.5) / (passages + 0.5))


def _leg(encoder: Encoder | None, text: str, language: Language) -> Leg | None:
    """None where the engine does not answer: the other legs go on without it."""
    if encoder is None:
        return None
    try:
        return Leg(encoder, encoder.encode([text], [language], "query")[0])
    except EncoderAbsent:
        return None


def _both(careful: Leg | None, quick: Leg | None) -> Vectors | None:
    """Only of the encoders that refusal was fitted on: another one's numbers mean something else."""
    if careful is None or quick is None or careful.encoder.name != E5.name:
        return None
    return np.concatenate([careful.vector, quick.vector])


def _parts(candidate: Candidate, words: Words, use: float | None) -> Parts:
    return Parts(
        e5=candidate.careful,
        use=use,
        said=candidate.said / words.said_mass if words.said_mass else 0.0,
        meant=candidate.meant / words.meant_mass if words.meant_mass else 0.0,
    )


def _first_parts(candidate: Candidate, words: Words) -> Parts:
    """As if the best sentence were as near as the whole passage."""
    quick = candidate.quick
    return _parts(candidate, words, nearness(quick, quick) if quick is not None else None)


def _hit(row: dict[str, Any], candidate: Candidate, words: Words, quick: Leg | None, *, is_careful: bool) -> Hit:
    spans = [Span(*span) for span in row["spans"]] or [Span(0, len(row["text"]))]
    parts, best = _first_parts(candidate, words), 0
    if candidate.quick is not None and quick is not None and row["sentences"]:
        near = _nearness(row, spans, quick)
        best = int(np.argmax(near))
        parts = _parts(candidate, words, nearness(candidate.quick, float(near[best])))
    places = row["places"]
    return Hit(
        passage_id=row["id"],
        source=row["source"],
        source_id=row["source_id"],
        position=row["position"],
        language=row["language"],
        text=row["text"],
        score=fuse(parts, is_careful=is_careful),
        start=row["place_start"],
        end=row["place_end"],
        best=spans[best],
        best_place=places[best] if best < len(places) else row["place_start"],
        best_end=places[best + 1] if best + 1 < len(places) else row["place_end"],
        parts=parts,
    )


def _nearness(row: dict[str, Any], spans: Sequence[Span], quick: Leg) -> Any:
    """How near each stretch of the passage is to the question."""
    asked = [is_question(row["text"][span.start : span.end]) for span in spans]
    near = unpacked(bytes(row["sentences"]), quick.encoder.dimensions) @ quick.vector
    return near - ASKED * np.array(asked, dtype=np.float32)

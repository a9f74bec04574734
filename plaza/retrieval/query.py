"""Asking the index: three legs propose, one scale decides."""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from django.db.models import Q

from plaza.core.languages import Language
from plaza.retrieval.apertium import NotTranslated, Translator
from plaza.retrieval.apertium.base import PATIENCE_SECONDS
from plaza.retrieval.dictionary import dictionary_of
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.fusion import Parts, fuse
from plaza.retrieval.index import K1
from plaza.retrieval.models import Collection, Term
from plaza.retrieval.packing import unpacked
from plaza.retrieval.passages import EVERYWHERE, Hit, Within
from plaza.retrieval.phrases import has_phrase, passages_with, phrases_of
from plaza.retrieval.statements import AskedTerm, Candidate, Leg, Words, candidates, finalists, with_careful
from plaza.retrieval.terms import Asked, query_terms
from plaza.retrieval.text import LONGEST_QUERY, Span, is_question, safe
from plaza.retrieval.translated import stand_ins

# A term in more passages than this part of them says nothing and costs most.
TOO_COMMON: Final = 0.3
# A question resembles the question asked and answers nothing: what is said after it is to be quoted.
ASKED: Final = 0.25
FEW_PASSAGES: Final = 500
# How many passages, at least, are read whole and judged by their best sentence too.
FEWEST_FINALISTS: Final = 60
# What the careful encoder weighs where the sentence to quote is chosen, beside the quick one.
CAREFUL_CHOOSES: Final = 4.0
# What each quoted phrase that a passage has adds to its score: more than anything else can.
PHRASE: Final = 2.0


# As many as the threads of a web process may ask at once.
_beside: Final = ThreadPoolExecutor(max_workers=8, thread_name_prefix="careful")


@dataclass(frozen=True, slots=True)
class Encoders:
    """The engines at hand; any may be missing, and the words still serve. `words` is the quick one, for single
    words (the dictionary). `translator` helps the words leg where the host has it."""

    careful: Encoder | None = None
    quick: Encoder | None = None
    words: Encoder | None = None
    translator: Translator | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, best first; and the question as the two encoders see it (their vectors end to end; None where
    either is away)."""

    hits: list[Hit]
    vectors: Vectors | None


def ask(
    collection: Collection,
    text: str,
    language: Language,
    encoders: Encoders,
    *,
    audiences: Sequence[str] = ("public",),
    limit: int = 10,
    within: Within = EVERYWHERE,
) -> list[Hit]:
    """The `limit` best passages for a query, best first. An empty or unsayable query has none."""
    return outcome(collection, text, language, encoders, audiences=audiences, limit=limit, within=within).hits


def outcome(
    collection: Collection,
    text: str,
    language: Language,
    encoders: Encoders,
    *,
    audiences: Sequence[str] = ("public",),
    limit: int = 10,
    within: Within = EVERYWHERE,
) -> Outcome:
    """The same, with what is needed to judge whether it answers (retrieval.refusal)."""
    text = safe(text, LONGEST_QUERY)
    if not text or not collection.passages:
        return Outcome([], None)
    # The careful encoder takes longest, in a process of its own: the rest is done meanwhile.
    translating = encoders.translator.begin(text, language) if encoders.translator else None
    waiting = _beside.submit(_leg, encoders.careful, text, language)
    quick = _leg(encoders.quick, text, language)
    words = _words(collection, text, language, encoders.words, translating)
    phrased = passages_with(collection, phrases_of(text), language, audiences)
    found = candidates(collection, words, quick, audiences, within=within, also=list(phrased))
    careful = waiting.result()
    if careful is not None:
        found = with_careful(found, collection, words, careful, quick, audiences, within=within)
    seen = _Seen(words, careful, quick, phrased)
    found.sort(key=lambda each: (-seen.at_first(each), each.passage_id))
    best = {each.passage_id: each for each in found[: max(limit, FEWEST_FINALISTS)]}
    hits = [seen.whole(row, best[row["id"]]) for row in finalists(list(best), careful, quick)]
    hits.sort(key=lambda hit: (-hit.score, hit.passage_id))
    return Outcome(hits[:limit], _both(careful, quick))


def _words(
    collection: Collection,
    text: str,
    language: Language,
    words: Encoder | None,
    translating: Future[Mapping[Language, str]] | None = None,
) -> Words:
    asked = query_terms(text, language)
    vectors = _of_words(words, asked, language)
    meanings, slips = _meanings(collection, asked, language, words, vectors)
    translated = stand_ins(asked, vectors, _translations(translating), words)
    rows = list(
        Term.objects.filter(collection=collection, passages__gt=0).filter(
            Q(text__in={term for word in asked for term in word.terms} | {term for each in translated for term in each})
            | Q(pk__in={term for each in (*meanings, *slips) for term in each})
        )
    )
    by_text, by_id = {row.text: row for row in rows}, {row.pk: row for row in rows}
    size = collection.passages
    terms: list[AskedTerm] = []
    said_mass = meant_mass = 0.0
    for token, (word, meaning, slip, other) in enumerate(zip(asked, meanings, slips, translated, strict=True)):
        typed = [by_text[term] for term in sorted(word.terms) if term in by_text]
        meaning = _most(meaning, {by_text[term].pk: near for term, near in other.items() if term in by_text})
        meant = {row.pk: 1.0 for row in typed}
        if not typed:
            meaning = _most(meaning, slip)
        meant = {term: near for term, near in meaning.items() if term in by_id} | meant
        # A word no passage has is as rare as can be: it counts in full against the rest.
        said_most = max((_idf(row.passages, size) for row in typed), default=_idf(0, size))
        meant_most = (
            said_most if typed else max((_idf(by_id[term].passages, size) for term in meant), default=said_most)
        )
        said_mass += said_most * (K1 + 1)
        meant_mass += meant_most * (K1 + 1)
        for term, near in meant.items():
            passages = by_id[term].passages
            if size > FEW_PASSAGES and passages > TOO_COMMON * size:
                continue
            idf = _idf(passages, size)
            is_typed = by_id[term].text in word.terms
            terms.append(AskedTerm(term, token, said=idf if is_typed else 0.0, meant=near * idf))
    return Words(terms, said_mass, meant_mass)


def _of_words(words: Encoder | None, asked: Sequence[Asked], language: Language) -> Vectors | None:
    """The words of the question as the encoder of words sees them; None without it."""
    if words is None or not asked:
        return None
    try:
        return words.encode([word.word for word in asked], [language] * len(asked), "query")
    except EncoderAbsent:
        return None


def _meanings(
    collection: Collection,
    asked: Sequence[Asked],
    language: Language,
    words: Encoder | None,
    vectors: Vectors | None,
) -> tuple[list[dict[int, float]], list[dict[int, float]]]:
    """For each word: the terms that say the same in other languages, and those it may be a slip of. Without the encoder
    of words, none of it."""
    if words is None or vectors is None:
        return [{} for _ in asked], [{} for _ in asked]
    dictionary = dictionary_of(collection, words)
    slips = [dictionary.meant_by_slip(word.terms) for word in asked]
    return dictionary.compare(vectors).meanings(language), slips


def _translations(translating: Future[Mapping[Language, str]] | None) -> Mapping[Language, str]:
    """None where there is no translator, or it is too slow this time."""
    if translating is None:
        return {}
    try:
        return translating.result(timeout=PATIENCE_SECONDS)
    except (NotTranslated, TimeoutError):
        return {}


def _most(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {term: max(one.get(term, 0.0), other.get(term, 0.0)) for term in {*one, *other}}


def _idf(passages: int, size: int) -> float:
    return math.log(1 + (size - passages + 0.5) / (passages + 0.5))


def _leg(encoder: Encoder | None, text: str, language: Language) -> Leg | None:
    """None where the engine does not answer: the other legs go on without it."""
    if encoder is None:
        return None
    try:
        return Leg(encoder, encoder.encode([text], [language], "query")[0], language)
    except EncoderAbsent:
        return None


def _both(careful: Leg | None, quick: Leg | None) -> Vectors | None:
    """Only of the encoders that refusal was fitted on: another one's numbers mean something else."""
    if careful is None or quick is None or careful.encoder.name != E5.name:
        return None
    return np.concatenate([careful.vector, quick.vector])


@dataclass(frozen=True, slots=True)
class _Seen:
    """A question as it is held against the passages."""

    words: Words
    careful: Leg | None
    quick: Leg | None
    phrased: Mapping[int, list[str]]

    def at_first(self, candidate: Candidate) -> float:
        """The score, as if the best sentence were as near as the whole passage."""
        return self._score(candidate, self._first_parts(candidate))

    def whole(self, row: dict[str, Any], candidate: Candidate) -> Hit:
        """The passage with its best sentence. Of several, one that has a quoted phrase."""
        spans = [Span(*span) for span in row["spans"]] or [Span(0, len(row["text"]))]
        parts = self._first_parts(candidate)
        near = np.zeros(len(spans), dtype=np.float32)
        asked = ASKED * np.array([is_question(row["text"][span.start : span.end]) for span in spans], dtype=np.float32)
        if self.careful is not None and row["careful"]:
            its = _nearness(row["careful"], self.careful) - asked
            parts = replace(parts, careful_sentence=float(its.max()))
            near += CAREFUL_CHOOSES * its
        if self.quick is not None and row["quick"]:
            its = _nearness(row["quick"], self.quick) - asked
            parts = replace(parts, quick_sentence=float(its.max()))
            near += its
        best = int(np.argmax(near))
        if phrases := self.phrased.get(row["id"], []):
            said = (row["text"][span.start : span.end] for span in spans)
            best = int(np.argmax(near + [10.0 * sum(has_phrase(each, phrase) for phrase in phrases) for each in said]))
        places = row["places"]
        return Hit(
            passage_id=row["id"],
            source=row["source"],
            source_id=row["source_id"],
            position=row["position"],
            language=row["language"],
            text=row["text"],
            score=self._score(candidate, parts),
            exact=self._exact(candidate),
            start=row["place_start"],
            end=row["place_end"],
            best=spans[best],
            best_place=places[best] if best < len(places) else row["place_start"],
            best_end=places[best + 1] if best + 1 < len(places) else row["place_end"],
            parts=parts,
        )

    def _score(self, candidate: Candidate, parts: Parts) -> float:
        return fuse(parts, is_careful=self.careful is not None) + self._exact(candidate)

    def _exact(self, candidate: Candidate) -> float:
        return PHRASE * len(self.phrased.get(candidate.passage_id, ()))

    def _first_parts(self, candidate: Candidate) -> Parts:
        words = self.words
        return Parts(
            e5=candidate.careful,
            use=candidate.quick,
            said=candidate.said / words.said_mass if words.said_mass else 0.0,
            meant=candidate.meant / words.meant_mass if words.meant_mass else 0.0,
        )


def _nearness(sentences: Any, leg: Leg) -> Any:
    """How near each stretch of a passage is to the question, by its kept vectors."""
    return unpacked(bytes(sentences), leg.encoder.dimensions) @ leg.vector

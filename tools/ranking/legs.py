"""Every leg's score of every judged question for every passage, as (questions, passages) matrices."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.terms import Asked, query_terms, words_with_terms
from plaza.retrieval.text import quotable

Matrix = NDArray[Any]
AT_ONCE: Final = 64
TOO_COMMON: Final = 0.3


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows {id, lang, text} of corpus and queries, and for each query its relevant passages with their grades."""

    corpus: list[dict[str, Any]]
    queries: list[dict[str, Any]]
    judgements: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an encoder thinks of each passage for each question: its cosine, that of its nearest sentence, and what usual
    questions in the question's language have with it."""

    cosine: Matrix
    sentence: Matrix | None
    usual: Matrix | float


@dataclass(frozen=True, slots=True)
class Legs:
    """Cosines of E5 as it comes (`raw`) and the same `centred`; what E5 thinks with what it learnt of cities, and USE; words
    as typed, as meant, and as meant with Apertium's words too (None where it is not installed), each as a part of the
    question's own mass."""

    raw: Matrix
    centred: Matrix
    e5: Seen
    use: Seen
    said: Matrix
    meant: Matrix
    translated: Matrix | None


def read(folder: Path) -> Judged:
    """A folder as `plaza evaluate retrieval` takes it, with qrels.tsv."""
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _lines(folder / "qrels.tsv"):
        query, passage, grade = line.split("\t")
        judgements[query][passage] = int(grade)
    corpus, queries = (
        [json.loads(line) for line in _lines(folder / f"{name}.jsonl")] for name in ("corpus", "queries")
    )
    return Judged(corpus, queries, judgements)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8-sig").splitlines() if line.strip()]


def legs(judged: Judged) -> Legs:
    """Some four minutes for 2,000 passages and 3,400 questions on two cores."""
    raw, centred = _as_it_comes(judged)
    e5, use = _seen(judged, E5()), _seen(judged, Use())
    words = _Words(judged)
    said, meant = words.scores()
    return Legs(raw, centred, e5, use, said, meant, words.translated())


def _encoded(encoder: Any, texts: list[str], languages: list[Language], role: str) -> Matrix:
    parts = [
        encoder.encode(texts[start : start + AT_ONCE], languages[start : start + AT_ONCE], role)
        for start in range(0, len(texts), AT_ONCE)
    ]
    return np.concatenate(parts)


def _columns(rows: list[dict[str, Any]]) -> tuple[list[str], list[Language]]:
    return [row["text"] for row in rows], [row["lang"] for row in rows]


def _seen(judged: Judged, encoder: Any) -> Seen:
    from plaza.retrieval.usual import usual_of  # needs settings

    texts, languages = _columns(judged.corpus)
    asked = _encoded(encoder, *_columns(judged.queries), "query")
    wholes, nearest = [], []
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        spans = [quotable(text) for text in some]
        whole, parts = encoder.encode_with_stretches(some, spans, languages[start : start + AT_ONCE])
        starts = np.cumsum([0, *map(len, parts)])[:-1]
        wholes.append(whole)
        nearest.append(np.maximum.reduceat(asked @ np.concatenate(parts).T, starts, axis=1))
    passages = np.concatenate(wholes)
    by_language = usual_of(encoder, passages).T
    usual = by_language[[LANGUAGES.index(row["lang"]) for row in judged.queries]]
    return Seen(asked @ passages.T, np.hstack(nearest), usual)


def _as_it_comes(judged: Judged) -> tuple[Matrix, Matrix]:
    """E5's cosines without what it learnt of cities, and the same centred."""

    class Raw(E5):
        def __init__(self) -> None:
            super().__init__(adapter=None)
            self._centre: Any = lambda vectors, languages, role: vectors

    passages, queries = _columns(judged.corpus), _columns(judged.queries)
    p, q = _encoded(Raw(), *passages, "passage"), _encoded(Raw(), *queries, "query")
    centre = Centring("lang_means_e5.npz")
    return q @ p.T, centre(q, queries[1], "query") @ centre(p, passages[1], "passage").T


class _Words:
    """BM25 and the dictionary, as the index has them, in memory."""

    def __init__(self, judged: Judged) -> None:
        from plaza.retrieval.dictionary import Dictionary  # needs settings
        from plaza.retrieval.index import bm25_weight  # needs settings

        self._queries, self._size = judged.queries, len(judged.corpus)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        forms: dict[tuple[Language, str], Counter[str]] = defaultdict(Counter)
        for place, row in enumerate(judged.corpus):
            said = words_with_terms(row["text"], row["lang"])
            for word, term in said:
                forms[row["lang"], term][word] += 1
            for term, times in Counter(term for _, term in said).items():
                postings[term].append((place, bm25_weight(times, len(said))))
        self._postings = {
            term: (np.array([place for place, _ in rows]), np.array([weight for _, weight in rows]))
            for term, rows in postings.items()
        }
        self._terms = list(self._postings)
        numbers = {term: number for number, term in enumerate(self._terms)}
        self._encoder, self._dictionary = UseWords(), Dictionary()
        for language in LANGUAGES:
            of_it = {term: said for (spoken, term), said in forms.items() if spoken == language}
            common = [said.most_common(1)[0][0] for said in of_it.values()]
            vectors = _encoded(self._encoder, common, [language] * len(common), "passage")
            self._dictionary.add(language, [numbers[term] for term in of_it], vectors)

    def scores(self) -> tuple[Matrix, Matrix]:
        rows = [self._of(row["text"], row["lang"]) for row in self._queries]
        return np.stack([said for said, _ in rows]), np.stack([meant for _, meant in rows])

    def translated(self) -> Matrix | None:
        """As meant, with the words of Apertium's translations beside the dictionary's."""
        from plaza.retrieval.apertium.rows import Rows  # with what they need of settings
        from plaza.retrieval.apertium.translating import Apertium  # as above

        rows = Rows(patience=60.0)
        if not rows.pipelines:
            return None
        apertium = Apertium(rows)
        try:
            said = [apertium.begin(row["text"], row["lang"]).result() for row in self._queries]
        finally:
            rows.close()
        return np.stack(
            [self._of(row["text"], row["lang"], other)[1] for row, other in zip(self._queries, said, strict=True)]
        )

    def _of(
        self, text: str, language: Language, translations: Mapping[Language, str] | None = None
    ) -> tuple[Matrix, Matrix]:
        from plaza.retrieval.index import K1  # needs settings

        said, meant = np.zeros(self._size, np.float32), np.zeros(self._size, np.float32)
        said_mass = meant_mass = 1e-9
        asked = query_terms(text, language)
        for word, meaning in zip(asked, self._meanings(asked, language, translations or {}), strict=True):
            typed = {term: 1.0 for term in word.terms if term in self._postings}
            most = max((self._idf(term) for term in typed), default=self._idf(None))
            said_mass += most * (K1 + 1)
            meant_mass += (most if typed else max((self._idf(term) for term in meaning), default=most)) * (K1 + 1)
            said += self._best(typed)
            meant += self._best(meaning | typed)
        return said / said_mass, meant / meant_mass

    def _meanings(
        self, asked: list[Asked], language: Language, translations: Mapping[Language, str]
    ) -> list[dict[str, float]]:
        from plaza.retrieval.translated import stand_ins  # needs settings

        if not asked:
            return []
        vectors = self._encoder.encode([word.word for word in asked], [language] * len(asked), "query")
        found = self._dictionary.compare(vectors).meanings(language)
        meanings = [{self._terms[number]: near for number, near in each.items()} for each in found]
        for meaning, other in zip(meanings, stand_ins(asked, vectors, translations, self._encoder), strict=True):
            for term, near in other.items():
                if term in self._postings:
                    meaning[term] = max(meaning.get(term, 0.0), near)
        return meanings

    def _best(self, terms: dict[str, float]) -> Matrix:
        best = np.zeros(self._size, np.float32)
        for term, near in terms.items():
            places, weights = self._postings[term]
            if len(places) <= TOO_COMMON * self._size:
                best[places] = np.maximum(best[places], near * self._idf(term) * weights)
        return best

    def _idf(self, term: str | None) -> float:
        passages = len(self._postings[term][0]) if term is not None else 0
        return math.log(1 + (self._size - passages + 0.5) / (passages + 0.5))

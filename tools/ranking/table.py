"""The table of docs/developing/search.md, in one run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from plaza.retrieval.fusion import (
    E5_SCALE,
    LEXICAL_MOST,
    MEANT_PART,
    MOSTLY,
    SAID_PART,
    STAND_IN,
    USE_PART,
    USE_SCALE,
    WORDS_ALONE,
    Near,
    Parts,
)
from plaza.retrieval.measures import Measure, measure
from tools.ranking.legs import Judged, Legs, Matrix, Seen

DEPTH: Final = 60
RRF: Final = 60
WHOLE: Final = "all"
WITH_APERTIUM: Final = "all, with Apertium"


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    run: dict[str, list[str]]
    measures: dict[str, Measure]


def rows(judged: Judged, legs: Legs) -> list[Row]:
    e5, use = _e5(legs.e5), _use(legs.use)
    e5_passage, use_passage = _e5(replace(legs.e5, sentence=None)), _use(replace(legs.use, sentence=None))
    usual = [replace(each, usual=MOSTLY) for each in (legs.e5, legs.use)]
    said = SAID_PART * np.minimum(legs.said, LEXICAL_MOST)
    typed = MEANT_PART * np.minimum(legs.said, LEXICAL_MOST)
    meant = MEANT_PART * np.minimum(legs.meant, LEXICAL_MOST)
    alone = (STAND_IN + USE_PART) / USE_PART
    variants: dict[str, Callable[[], Matrix]] = {
        "BM25, words as typed": lambda: legs.said,
        "words with the dictionary": lambda: said + meant,
        "E5 as it comes": lambda: legs.raw,
        "reciprocal ranks of E5 as it comes and BM25": lambda: _rrf(legs.raw, legs.said),
        "E5 as it comes, centred": lambda: legs.centred,
        "E5, centred, with what it learnt of cities": lambda: legs.e5.cosine,
        "the same, and its nearest sentence": lambda: e5,
        WHOLE: lambda: e5 + use + said + meant,
        "without the dictionary": lambda: e5 + use + said + typed,
        "without E5": lambda: alone * use + WORDS_ALONE * (said + meant),
        "without USE": lambda: e5 + said + meant,
        "without sentences": lambda: e5_passage + use_passage + said + meant,
        "without E5's sentences": lambda: e5_passage + use + said + meant,
        "without what is usual": lambda: _e5(usual[0]) + _use(usual[1]) + said + meant,
        "without words": lambda: e5 + use,
        "without the words as typed": lambda: e5 + use + meant,
    }
    if legs.translated is not None:
        translated = MEANT_PART * np.minimum(legs.translated, LEXICAL_MOST)
        variants |= {
            WITH_APERTIUM: lambda: e5 + use + said + translated,
            "words with the dictionary and Apertium": lambda: said + translated,
            "without E5, with Apertium": lambda: alone * use + WORDS_ALONE * (said + translated),
        }
    return [_row(judged, name, scores()) for name, scores in variants.items()]


def _e5(seen: Seen) -> Matrix:
    parts = Parts(e5=Near(seen.cosine, seen.usual), careful_sentence=seen.sentence)  # type: ignore[arg-type]  # works on whole matrices too
    return np.asarray(E5_SCALE(parts.careful_nearness))  # type: ignore[arg-type]  # as above


def _use(seen: Seen) -> Matrix:
    parts = Parts(use=Near(seen.cosine, seen.usual), quick_sentence=seen.sentence)  # type: ignore[arg-type]  # as above
    return USE_PART * np.asarray(USE_SCALE(parts.nearness))  # type: ignore[arg-type]  # as above


def of_sources(judged: Judged, row: Row, beginning: str) -> float:
    """nDCG@10 across languages over the questions whose source begins so."""
    chosen = {query["id"] for query in judged.queries if str(query.get("source", "")).startswith(beginning)}
    judgements = {query: grades for query, grades in judged.judgements.items() if query in chosen}
    return measure(row.run, judgements, *_languages(judged))["across"].ndcg


def _row(judged: Judged, name: str, scores: Matrix) -> Row:
    ids = [row["id"] for row in judged.corpus]
    depth = min(DEPTH, len(ids))
    run = {}
    for row, each in zip(judged.queries, scores, strict=True):
        best = np.argpartition(-each, depth - 1)[:depth]
        run[row["id"]] = [ids[place] for place in best[np.argsort(-each[best], kind="stable")]]
    return Row(name, run, measure(run, judged.judgements, *_languages(judged)))


def _languages(judged: Judged) -> tuple[dict[str, Any], dict[str, Any]]:
    queries, corpus = ({row["id"]: row["lang"] for row in side} for side in (judged.queries, judged.corpus))
    return queries, corpus


def _rrf(*scores: Matrix) -> Matrix:
    ranks = [np.argsort(np.argsort(-each, axis=1), axis=1) for each in scores]
    return np.asarray(sum(1 / (RRF + rank) for rank in ranks), dtype=np.float32)

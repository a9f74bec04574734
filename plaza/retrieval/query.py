"""Asking the index: three legs propose, one scale decides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from plaza.core.languages import Language
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.fusion import fuse
from plaza.retrieval.index import K1, unpacked
from plaza.retrieval.models import Collection, Term
from plaza.retrieval.passages import Hit
from plaza.retrieval.statements import Candidate, Leg, Words, candidates, finalists
from plaza.retrieval.terms import query_terms
from plaza.retrieval.text import LONGEST_QUERY, Span, is_question, safe

# A term in more passages than this part of them says nothing and costs most.
TOO_COMMON: Final = 0.3
# A question resembles the question asked and answers nothing: what is said after it is to be quoted.
ASKED: Final = 0.25
FEW_PASSAGES: Final = 500
# How many passages, at least, are read whole and judged by their best sentence too.
FEWEST_FINALISTS: Final = 60


@dataclass(frozen=True, slots=True)
class Encoders:
    """The two engines at hand; either may be missing, and the words still serve."""

    careful: Encoder | None = None
    quick: Encoder | None = None


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
    text = safe(text, LONGEST_QUERY)
    if not text or not collection.passages:
        return []
    words = _words(collection, text, language)
    careful = _leg(encoders.careful, text, language)
    quick = _leg(encoders.quick, text, language)
    found = candidates(collection, words, careful, quick, audiences)
    found.sort(key=lambda candidate: (-_first_score(candidate, words), candidate.passage_id))
    best = {each.passage_id: each for each in found[: max(limit, FEWEST_FINALISTS)]}
    hits = [_hit(row, best[row["id"]], words, quick) for row in finalists(list(best), quick)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


def _words(collection: Collection, text: str, language: Language) -> Words:
    wanted = query_terms(text, language)
    known = {
        row.text: row
        for row in Term.objects.filter(
            collection=collection, text__in={term for variants in wanted for term in variants}, passages__gt=0
        )
    }
    size = collection.passages
    term_ids, tokens, idfs, mass = [], [], [], 0.0
    for token, variants in enumerate(wanted):
        rows = [known[term] for term in sorted(variants) if term in known]
        # A word no passage has is as rare as can be: it counts in full against the rest.
        mass += max((_idf(row.passages, size) for row in rows), default=_idf(0, size)) * (K1 + 1)
        for row in rows:
            if size > FEW_PASSAGES and row.passages > TOO_COMMON * size:
                continue
            term_ids.append(row.pk)
            tokens.append(token)
            idfs.append(_idf(row.passages, size))
    return Words(term_ids, tokens, idfs, mass)


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


def _first_score(candidate: Candidate, words: Words) -> float:
    """As if the best sentence were as near as the whole passage."""
    use = 2 * candidate.quick if candidate.quick is not None else None
    return fuse(e5=candidate.careful, use=use, lexical=candidate.lexical, lexical_mass=words.mass)


def _hit(row: dict[str, Any], candidate: Candidate, words: Words, quick: Leg | None) -> Hit:
    spans = [Span(*span) for span in row["spans"]] or [Span(0, len(row["text"]))]
    best, use = 0, None
    if candidate.quick is not None:
        use = 2 * candidate.quick
        if quick is not None and row["sentences"]:
            nearness = _nearness(row, spans, quick)
            best = int(np.argmax(nearness))
            use = candidate.quick + float(nearness[best])
    places = row["places"]
    return Hit(
        passage_id=row["id"],
        source=row["source"],
        source_id=row["source_id"],
        position=row["position"],
        language=row["language"],
        text=row["text"],
        score=fuse(e5=candidate.careful, use=use, lexical=candidate.lexical, lexical_mass=words.mass),
        start=row["place_start"],
        end=row["place_end"],
        best=spans[best],
        best_place=places[best] if best < len(places) else row["place_start"],
        best_end=places[best + 1] if best + 1 < len(places) else row["place_end"],
        parts={"e5": candidate.careful or 0.0, "use": use or 0.0, "lexical": candidate.lexical},
    )


def _nearness(row: dict[str, Any], spans: Sequence[Span], quick: Leg) -> Any:
    """How near each stretch of the passage is to the question."""
    asked = [is_question(row["text"][span.start : span.end]) for span in spans]
    near = unpacked(bytes(row["sentences"]), quick.encoder.dimensions) @ quick.vector
    return near - ASKED * np.array(asked, dtype=np.float32)

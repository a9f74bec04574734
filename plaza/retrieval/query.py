"""Asking the index: three legs propose, one scale decides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import connection
from psycopg import sql

from plaza.core.languages import Language
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.fusion import fuse
from plaza.retrieval.index import K1, unpacked
from plaza.retrieval.models import Collection, Term
from plaza.retrieval.passages import Hit
from plaza.retrieval.terms import query_terms
from plaza.retrieval.text import LONGEST_QUERY, Span, safe

# How many candidates each leg may propose, and how far down a term's list is read.
DEPTH: Final = 120
LIST_DEPTH: Final = 2000
# A term in more passages than this part of them says nothing and costs most.
TOO_COMMON: Final = 0.3
# A question resembles the question asked and answers nothing: what is said after it is to be quoted.
ASKED: Final = 0.25
FEW_PASSAGES: Final = 500


@dataclass(frozen=True, slots=True)
class Encoders:
    """The two engines at hand; either may be missing, and the words still serve."""

    careful: Encoder | None = None
    quick: Encoder | None = None


@dataclass(frozen=True, slots=True)
class _Lexical:
    term_ids: list[int]
    tokens: list[int]
    idfs: list[float]
    mass: float


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
    lexical = _lexical(collection, text, language)
    careful = _vector(encoders.careful, text, language)
    quick = _vector(encoders.quick, text, language)
    rows = _candidates(collection, lexical, (encoders.careful, careful), (encoders.quick, quick), audiences)
    hits = [_hit(row, lexical, quick) for row in rows]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


def _lexical(collection: Collection, text: str, language: Language) -> _Lexical:
    """Term ids with the word they stand for and their idf; and the most the query's words could weigh."""
    wanted = query_terms(text, language)
    known = {
        row.text: row
        for row in Term.objects.filter(
            collection=collection, text__in={term for variants in wanted for term in variants}, passages__gt=0
        )
    }
    size = collection.passages
    found = _Lexical([], [], [], 0.0)
    mass = 0.0
    for token, variants in enumerate(wanted):
        rows = [known[term] for term in sorted(variants) if term in known]
        idfs = [_idf(row.passages, size) for row in rows]
        # A word no passage has is as rare as can be: it counts in full against the rest.
        mass += max(idfs, default=_idf(0, size)) * (K1 + 1)
        for row, idf in zip(rows, idfs, strict=True):
            if size > FEW_PASSAGES and row.passages > TOO_COMMON * size:
                continue
            found.term_ids.append(row.pk)
            found.tokens.append(token)
            found.idfs.append(idf)
    return _Lexical(found.term_ids, found.tokens, found.idfs, mass)


def _idf(passages: int, size: int) -> float:
    return math.log(1 + (size - passages + 0.5) / (passages + 0.5))


def _vector(encoder: Encoder | None, text: str, language: Language) -> Vectors | None:
    """None where the engine does not answer: the other legs go on without it."""
    if encoder is None:
        return None
    try:
        vector: Vectors = encoder.encode([text], [language], "query")[0]
    except EncoderAbsent:
        return None
    return vector


NEAREST: Final = sql.SQL(
    "(SELECT v.passage_id FROM retrieval_vector v JOIN retrieval_passage p ON p.id = v.passage_id"
    " WHERE v.collection_id = {collection} AND v.encoder = {encoder} AND p.audience = ANY({audiences})"
    " ORDER BY v.vector::halfvec({dimensions}) <#> {vector}::halfvec({dimensions}) LIMIT {depth})"
)

CLOSENESS: Final = sql.SQL(
    "(SELECT -(v.vector::halfvec({dimensions}) <#> {vector}::halfvec({dimensions})) FROM retrieval_vector v"
    " WHERE v.passage_id = c.id AND v.encoder = {encoder})"
)

STATEMENT: Final = sql.SQL("""
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest({term_ids}::bigint[], {tokens}::int[], {idfs}::float8[]) AS t(term_id, token, idf)
), scored AS MATERIALIZED (
    SELECT passage_id, sum(best) AS score FROM (
        SELECT l.passage_id, a.token, max(a.idf * l.weight) AS best
        FROM asked a CROSS JOIN LATERAL (
            SELECT passage_id, weight FROM retrieval_posting
            WHERE term_id = a.term_id ORDER BY weight DESC, passage_id LIMIT {list_depth}
        ) l GROUP BY l.passage_id, a.token
    ) w GROUP BY passage_id
), worded AS (
    SELECT s.passage_id FROM (
        SELECT passage_id, score FROM scored ORDER BY score DESC, passage_id LIMIT {lexical_depth}
    ) s JOIN retrieval_passage p ON p.id = s.passage_id
    WHERE p.audience = ANY({audiences}) AND p.collection_id = {collection}
    ORDER BY s.score DESC, s.passage_id LIMIT {depth}
), c AS MATERIALIZED (
    SELECT passage_id AS id FROM worded {nearest}
)
SELECT p.id, p.source, p.source_id, p.position, p.language, p.text, p.place_start, p.place_end,
       p.spans, p.places, coalesce(s.score, 0) AS lexical, {careful} AS careful, {quick} AS quick,
       {sentences} AS sentences
FROM c JOIN retrieval_passage p ON p.id = c.id LEFT JOIN scored s ON s.passage_id = c.id
""")

NULL: Final = sql.SQL("NULL::float8")
SENTENCES: Final = sql.SQL(
    "(SELECT v.sentences FROM retrieval_vector v WHERE v.passage_id = c.id AND v.encoder = {encoder})"
)


def _candidates(
    collection: Collection,
    lexical: _Lexical,
    careful: tuple[Encoder | None, Vectors | None],
    quick: tuple[Encoder | None, Vectors | None],
    audiences: Sequence[str],
) -> list[dict[str, Any]]:
    common = {
        "collection": sql.Literal(collection.pk),
        "audiences": sql.Literal(list(audiences)),
        "depth": sql.Literal(DEPTH),
    }
    nearest: list[sql.Composable] = []
    closeness: list[sql.Composable] = []
    for encoder, vector in (careful, quick):
        if encoder is None or vector is None:
            closeness.append(NULL)
            continue
        # Literals, not parameters: the planner must see that a partial index covers the condition.
        bound = {
            **common,
            "encoder": sql.Literal(encoder.name),
            "dimensions": sql.Literal(encoder.dimensions),
            "vector": sql.Literal("[" + ",".join(f"{x:.5f}" for x in vector) + "]"),
        }
        nearest.append(NEAREST.format(**bound))
        closeness.append(CLOSENESS.format(**bound))
    has_quick = quick[0] is not None and quick[1] is not None
    statement = STATEMENT.format(
        **common,
        term_ids=sql.Literal(lexical.term_ids),
        tokens=sql.Literal(lexical.tokens),
        idfs=sql.Literal(lexical.idfs),
        list_depth=sql.Literal(LIST_DEPTH),
        lexical_depth=sql.Literal(LIST_DEPTH),
        nearest=sql.SQL("").join(sql.SQL(" UNION ") + leg for leg in nearest),
        careful=closeness[0],
        quick=closeness[1],
        sentences=SENTENCES.format(encoder=sql.Literal(quick[0].name))
        if has_quick and quick[0]
        else sql.SQL("NULL::bytea"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _hit(row: dict[str, Any], lexical: _Lexical, quick: Vectors | None) -> Hit:
    spans = [Span(*span) for span in row["spans"]]
    best, use = 0, None
    if quick is not None and row["quick"] is not None:
        use = float(row["quick"]) * 2
        if row["sentences"]:
            nearness = unpacked(bytes(row["sentences"]), len(quick)) @ quick
            asked = [row["text"][span.start : span.end].rstrip().endswith("?") for span in spans]
            nearness = nearness - ASKED * np.array(asked, dtype=np.float32)
            best = int(np.argmax(nearness))
            use = float(row["quick"]) + float(nearness[best])
    e5 = float(row["careful"]) if row["careful"] is not None else None
    places = row["places"] or []
    return Hit(
        passage_id=row["id"],
        source=row["source"],
        source_id=row["source_id"],
        position=row["position"],
        language=row["language"],
        text=row["text"],
        score=fuse(e5=e5, use=use, lexical=float(row["lexical"]), lexical_mass=lexical.mass),
        start=row["place_start"],
        end=row["place_end"],
        best=spans[best] if spans else Span(0, len(row["text"])),
        best_place=places[best] if best < len(places) else row["place_start"],
        best_end=places[best + 1] if best + 1 < len(places) else row["place_end"],
        parts={"e5": e5 or 0.0, "use": use or 0.0, "lexical": float(row["lexical"])},
    )

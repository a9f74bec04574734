"""The SQL statements of a search: who is a candidate by words and the quick encoder, who by the careful one too, and
what the finalists say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.db import connection
from psycopg import sql

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders import Encoder
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.fusion import MEANT_PART, MOSTLY, SAID_PART, Near
from plaza.retrieval.models import Collection
from plaza.retrieval.passages import EVERYWHERE, Within

# How many candidates each leg may propose, and how far down the list of a term is read: of one that was typed, and
# of one that stands for it in another language.
DEPTH: Final = 80
LIST_DEPTH: Final = 2000
MEANT_DEPTH: Final = 500


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term of a query: for which of its words (`token`) it stands, and what it weighs for each of the two lexical
    parts; `said` is 0 for a term of another language."""

    term_id: int
    token: int
    said: float
    meant: float


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a query; the masses are the most that its words could weigh."""

    terms: Sequence[AskedTerm]
    said_mass: float
    meant_mass: float


@dataclass(frozen=True)
class Leg:
    """An encoder with its vector of a query in `language`."""

    encoder: Encoder
    vector: Vectors
    language: Language

    @cached_property
    def literals(self) -> dict[str, sql.Composable]:
        """Not parameters: the planner must see that a partial index covers the condition."""
        return {
            "encoder": sql.Literal(self.encoder.name),
            "dimensions": sql.Literal(self.encoder.dimensions),
            "language": sql.Literal(LANGUAGES.index(self.language) + 1),
            "vector": sql.SQL("'[{}]'".format(",".join(map("%.5f".__mod__, self.vector.tolist())))),
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """What each leg thinks of a passage; None where the encoder has not seen it, or does not answer."""

    passage_id: int
    said: float
    meant: float
    careful: Near | None
    quick: Near | None


NOTHING: Final = sql.SQL("")
# Sources that were named have no graph of their own: all of their passages are compared.
SCOPE: Final = sql.SQL("""scope AS MATERIALIZED (
    SELECT p.id FROM retrieval_passage p
    WHERE p.collection_id = {collection} AND p.audience = ANY({audiences})
      AND (p.source, p.source_id) IN (SELECT * FROM unnest({sources}::text[], {ids}::text[]))
), """)
IN_SCOPE: Final = sql.SQL(" AND passage_id IN (SELECT id FROM scope)")
NEAREST_IN_SCOPE: Final = sql.SQL(
    "(SELECT v.passage_id FROM scope JOIN retrieval_vector v ON v.passage_id = scope.id"
    " WHERE v.encoder = {encoder} {of_vector}"
    " ORDER BY v.vector::halfvec({dimensions}) <#> {vector}::halfvec({dimensions}) LIMIT {depth})"
)
NEAREST: Final = sql.SQL(
    "(SELECT v.passage_id FROM retrieval_vector v"
    " WHERE v.collection_id = {collection} AND v.encoder = {encoder} AND v.audience = ANY({audiences}) {of_vector}"
    " ORDER BY v.vector::halfvec({dimensions}) <#> {vector}::halfvec({dimensions}) LIMIT {depth})"
)
# A cosine, and what usual questions have with the passage (retrieval.usual).
CLOSENESS: Final = sql.SQL(
    " LEFT JOIN LATERAL (SELECT -(v.vector::halfvec({dimensions}) <#> {vector}::halfvec({dimensions})) AS cosine,"
    " coalesce(v.usual[{language}], {mostly}) AS usual"
    " FROM retrieval_vector v WHERE v.passage_id = c.id AND v.encoder = {encoder}) {name} ON true"
)
UNKNOWN: Final = sql.SQL(" CROSS JOIN (SELECT NULL::float8 AS cosine, NULL::float8 AS usual) {name}")
ASKED: Final = sql.SQL("""asked AS MATERIALIZED (
    SELECT * FROM unnest({term_ids}::bigint[], {tokens}::int[], {said}::float8[], {meant}::float8[])
        AS t(term_id, token, said, meant)
)""")
CANDIDATES: Final = sql.SQL("""
WITH {scope} {asked}, scored AS MATERIALIZED (
    SELECT passage_id, sum(said) AS said, sum(meant) AS meant FROM (
        SELECT l.passage_id, a.token, max(a.said * l.weight) AS said, max(a.meant * l.weight) AS meant
        FROM asked a CROSS JOIN LATERAL (
            SELECT passage_id, weight FROM retrieval_posting
            WHERE term_id = a.term_id {in_scope} ORDER BY weight DESC, passage_id
            LIMIT CASE WHEN a.said > 0 THEN {list_depth} ELSE {meant_depth} END
        ) l GROUP BY l.passage_id, a.token
    ) w GROUP BY passage_id
), worded AS (
    SELECT s.passage_id FROM (
        SELECT passage_id, {said_part} * said + {meant_part} * meant AS score FROM scored
        ORDER BY score DESC, passage_id LIMIT {list_depth}
    ) s JOIN retrieval_passage p ON p.id = s.passage_id
    WHERE p.audience = ANY({audiences}) AND p.collection_id = {collection} {of_passage}
    ORDER BY s.score DESC, s.passage_id LIMIT {depth}
), c AS MATERIALIZED (
    SELECT passage_id AS id FROM worded
    UNION SELECT p.id FROM retrieval_passage p WHERE p.id = ANY({also}) {of_passage} {also_in_scope}
    {nearest}
)
SELECT c.id, coalesce(s.said, 0), coalesce(s.meant, 0), NULL::float8, NULL::float8, quick.cosine, quick.usual
FROM c LEFT JOIN scored s ON s.passage_id = c.id {quick}
""")
# `known`: who is a candidate already. Of the others the words are weighed in their own postings.
MORE_CANDIDATES: Final = sql.SQL("""
WITH {scope} {asked}, near AS MATERIALIZED (
    SELECT passage_id FROM ({nearest}) n WHERE passage_id <> ALL({known})
), scored AS MATERIALIZED (
    SELECT passage_id, sum(said) AS said, sum(meant) AS meant FROM (
        SELECT l.passage_id, a.token, max(a.said * l.weight) AS said, max(a.meant * l.weight) AS meant
        FROM near n JOIN retrieval_posting l ON l.passage_id = n.passage_id JOIN asked a ON a.term_id = l.term_id
        GROUP BY l.passage_id, a.token
    ) w GROUP BY passage_id
)
SELECT c.id, coalesce(s.said, 0), coalesce(s.meant, 0), careful.cosine, careful.usual, quick.cosine, quick.usual
FROM (SELECT passage_id AS id FROM near) c LEFT JOIN scored s ON s.passage_id = c.id {careful} {quick}
UNION ALL
SELECT c.id, NULL, NULL, careful.cosine, careful.usual, NULL, NULL FROM unnest({known}) AS c(id) {careful}
""")
FINALISTS: Final = sql.SQL("""
SELECT p.id, p.source, p.source_id, p.position, p.language, p.text, p.place_start, p.place_end, p.spans, p.places,
       (SELECT v.sentences FROM retrieval_vector v WHERE v.passage_id = p.id AND v.encoder = {careful}) AS careful,
       (SELECT v.sentences FROM retrieval_vector v WHERE v.passage_id = p.id AND v.encoder = {quick}) AS quick
FROM retrieval_passage p WHERE p.id = ANY({ids})
""")


def candidates(
    collection: Collection,
    words: Words,
    quick: Leg | None,
    audiences: Sequence[str],
    *,
    within: Within = EVERYWHERE,
    also: Sequence[int] = (),
) -> list[Candidate]:
    """What the words and the quick encoder propose, and the passages `also`. One statement, some 10 ms at 100,000
    passages."""
    common = _common(collection, words, audiences, within)
    statement = CANDIDATES.format(
        **common,
        in_scope=IN_SCOPE if within.sources is not None else NOTHING,
        also_in_scope=sql.SQL(" AND p.id IN (SELECT id FROM scope)") if within.sources is not None else NOTHING,
        of_passage=_of("p", within),
        also=_bigints(also),
        said_part=sql.Literal(SAID_PART / max(words.said_mass, 1e-9)),
        meant_part=sql.Literal(MEANT_PART / max(words.meant_mass, 1e-9)),
        list_depth=sql.Literal(LIST_DEPTH),
        meant_depth=sql.Literal(MEANT_DEPTH),
        nearest=sql.SQL(" UNION ") + _nearest(quick, common, within) if quick else NOTHING,
        quick=_closeness(quick, "quick"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [_candidate(*row) for row in cursor.fetchall()]


def with_careful(
    known: Sequence[Candidate],
    collection: Collection,
    words: Words,
    careful: Leg,
    quick: Leg | None,
    audiences: Sequence[str],
    *,
    within: Within = EVERYWHERE,
) -> list[Candidate]:
    """Those known and those that the careful encoder proposes, each with what it thinks of it. Another statement, so
    that the first is done while the careful encoder still reads the question."""
    common = _common(collection, words, audiences, within)
    by_id = {each.passage_id: each for each in known}
    statement = MORE_CANDIDATES.format(
        **common,
        nearest=_nearest(careful, common, within),
        known=_bigints(list(by_id)),
        careful=_closeness(careful, "careful"),
        quick=_closeness(quick, "quick"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = [_candidate(*row) for row in cursor.fetchall()]
    return [replace(by_id[row.passage_id], careful=row.careful) if row.passage_id in by_id else row for row in rows]


def _common(
    collection: Collection, words: Words, audiences: Sequence[str], within: Within
) -> dict[str, sql.Composable]:
    common: dict[str, sql.Composable] = {
        "collection": sql.Literal(collection.pk),
        "audiences": sql.Literal(list(audiences)),
        "depth": sql.Literal(DEPTH),
        "asked": ASKED.format(
            term_ids=sql.Literal([term.term_id for term in words.terms]),
            tokens=sql.Literal([term.token for term in words.terms]),
            said=sql.Literal([float(term.said) for term in words.terms]),
            meant=sql.Literal([float(term.meant) for term in words.terms]),
        ),
    }
    return common | {"scope": _scope(within.sources, common) if within.sources is not None else NOTHING}


def _nearest(leg: Leg, common: dict[str, sql.Composable], within: Within) -> sql.Composable:
    nearest = NEAREST if within.sources is None else NEAREST_IN_SCOPE
    return nearest.format(**common, **leg.literals, of_vector=_of("v", within))


def _bigints(numbers: Sequence[int]) -> sql.Composable:
    return sql.SQL("{}::bigint[]").format(sql.Literal(list(numbers)))


def _scope(sources: Sequence[tuple[str, str]], common: dict[str, sql.Composable]) -> sql.Composable:
    kinds, ids = zip(*sources, strict=True) if sources else ((), ())
    return SCOPE.format(**common, sources=sql.Literal(list(kinds)), ids=sql.Literal(list(ids)))


def _of(row: str, within: Within) -> sql.Composable:
    """The conditions that a passage and each of its vectors can tell by themselves."""
    wanted = {"source": within.kind, "language": within.language}
    return sql.SQL("").join(
        sql.SQL(" AND {} = {}").format(sql.Identifier(row, column), sql.Literal(value))
        for column, value in wanted.items()
        if value is not None
    )


def finalists(ids: Sequence[int], careful: Leg | None, quick: Leg | None) -> list[dict[str, Any]]:
    """Passages whole, with the vectors of their sentences (`careful`, `quick`; None where an encoder has none): most of
    what goes over the line, so asked for few."""
    asked = {
        name: sql.Literal(leg.encoder.name if leg else "") for name, leg in (("careful", careful), ("quick", quick))
    }
    with connection.cursor() as cursor:
        cursor.execute(FINALISTS.format(ids=sql.Literal(list(ids)), **asked))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _closeness(leg: Leg | None, called: str) -> sql.Composable:
    """Joins `cosine` and `usual` of an encoder, under a name; null where it has not seen the passage."""
    name = sql.Identifier(called)
    if leg is None:
        return UNKNOWN.format(name=name)
    return CLOSENESS.format(**leg.literals, mostly=sql.Literal(MOSTLY), name=name)


def _candidate(passage_id: int, said: float, meant: float, *near: float | None) -> Candidate:
    careful, careful_usual, quick, quick_usual = near
    return Candidate(passage_id, said, meant, _near(careful, careful_usual), _near(quick, quick_usual))


def _near(cosine: float | None, usual: float | None) -> Near | None:
    return Near(cosine, usual) if cosine is not None and usual is not None else None

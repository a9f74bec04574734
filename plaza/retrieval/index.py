"""Filling the index. A source is put in whole and replaces what it was before, in one transaction:
a reader finds the old words or the new ones, never half of them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from psycopg import sql

from plaza.core.languages import Language
from plaza.retrieval.encoders import Encoder
from plaza.retrieval.encoders.base import ReadsStretches, Vectors
from plaza.retrieval.models import Collection, Passage, Posting, Vector, Word, WordVector
from plaza.retrieval.packing import packed
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.terms import terms, words_with_terms
from plaza.retrieval.text import Span, under_title
from plaza.retrieval.usual import usual_of

NETWORK: Final = "network"

# BM25 (Robertson, Walker): how soon repetition stops counting, and how much length does.
K1: Final = 1.2
B: Final = 0.75
HEADING_COUNTS: Final = 0.4
# Passages are cut to about this many terms; a fixed length keeps old postings right as the corpus grows.
USUAL_LENGTH: Final = 55.0
# Below this an exact scan takes a few milliseconds and loses nothing.
WORTH_A_GRAPH: Final = 8_000
# What a passage takes of a graph while it is built, besides its vector: its neighbours on all levels. In bytes, with room.
A_NODE: Final = 900
# Of the server's memory, for building one: enough for two million passages.
MOST_ROOM: Final = 4 * 1024**3


def collection_named(name: str) -> Collection:
    return Collection.objects.get_or_create(name=name)[0]


@transaction.atomic
def put(*, collection: Collection, source: str, source_id: str, passages: Sequence[NewPassage]) -> list[int]:
    """Puts a source's passages in place of those it had; returns their ids in order.

    The same passages again keep their ids and their vectors, so a task may run twice at no cost.
    """
    # One writer a collection: the counts of terms are sums, and two writers would wait on each other's rows.
    Collection.objects.select_for_update().get(pk=collection.pk)
    standing = list(
        Passage.objects.filter(collection=collection, source=source, source_id=source_id).order_by("position")
    )
    if [_face(row) for row in standing] == [_new_face(new) for new in passages]:
        return [row.pk for row in standing]
    remove(collection=collection, source=source, source_id=source_id)

    counts = [_counted(new) for new in passages]
    rows = Passage.objects.bulk_create(
        [
            Passage(
                collection=collection,
                source=source,
                source_id=source_id,
                position=position,
                language=new.language,
                text=new.text,
                context=new.context,
                audience=new.audience,
                place_start=new.start,
                place_end=new.end,
                length=len(terms(new.text, new.language)),
                spans=[[span.start, span.end] for span in new.sentence_spans()],
                places=list(new.sentence_places),
            )
            for position, new in enumerate(passages)
        ],
        batch_size=500,
    )
    term_ids = _count_terms(collection, counts)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {Posting._meta.db_table} (passage_id, term_id, weight) FROM STDIN") as copy,
    ):
        for row, count in zip(rows, counts, strict=True):
            for term, times in count.items():
                copy.write_row((row.pk, term_ids[term], bm25_weight(times, row.length)))
    _note_words(passages, term_ids)
    _grow(collection, len(rows), sum(row.length for row in rows))
    return [row.pk for row in rows]


@transaction.atomic
def remove(*, collection: Collection, source: str, source_id: str) -> None:
    """Takes a source out of the index. Taking out what is not there changes nothing."""
    gone = Passage.objects.filter(collection=collection, source=source, source_id=source_id)
    ids = list(gone.values_list("pk", flat=True))
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE retrieval_term t SET passages = t.passages - g.n FROM"
            " (SELECT term_id, count(*) AS n FROM retrieval_posting WHERE passage_id = ANY(%s)"
            "  GROUP BY term_id) g WHERE t.id = g.term_id",
            [ids],
        )
        cursor.execute("SELECT coalesce(sum(length), 0) FROM retrieval_passage WHERE id = ANY(%s)", [ids])
        (length,) = cursor.fetchone()
        for table in ("retrieval_posting", "retrieval_vector"):
            cursor.execute(f"DELETE FROM {table} WHERE passage_id = ANY(%s)", [ids])
        cursor.execute("DELETE FROM retrieval_passage WHERE id = ANY(%s)", [ids])
    _grow(collection, -len(ids), -int(length))


@transaction.atomic
def empty(collection: Collection) -> None:
    """Takes everything out of a collection."""
    WordVector.objects.filter(collection=collection).delete()
    with connection.cursor() as cursor:
        for table in ("retrieval_posting", "retrieval_vector"):
            cursor.execute(
                f"DELETE FROM {table} WHERE passage_id IN (SELECT id FROM retrieval_passage WHERE collection_id = %s)",
                [collection.pk],
            )
        cursor.execute(
            "DELETE FROM retrieval_word WHERE term_id IN (SELECT id FROM retrieval_term WHERE collection_id = %s)",
            [collection.pk],
        )
        for table in ("retrieval_passage", "retrieval_term"):
            cursor.execute(f"DELETE FROM {table} WHERE collection_id = %s", [collection.pk])
    Collection.objects.filter(pk=collection.pk).update(passages=0, words=0)


def waiting(collection: Collection, encoder: Encoder, *, most: int) -> list[Passage]:
    """Passages that this encoder has not seen yet, oldest first."""
    return list(
        Passage.objects.filter(collection=collection)
        .exclude(pk__in=Vector.objects.filter(encoder=encoder.name, collection=collection).values("passage"))
        .order_by("pk")[:most]
    )


def embed(collection: Collection, encoder: Encoder, rows: Sequence[Passage]) -> None:
    """Makes and keeps the vectors of passages, and those of their sentences where the encoder tells them apart. Passages
    that went away meanwhile are passed over."""
    vectors, kept = _read(encoder, rows)
    usual = usual_of(encoder, vectors)
    with transaction.atomic():
        alive = set(
            Passage.objects.select_for_update(no_key=True)
            .filter(pk__in=[row.pk for row in rows])
            .values_list("pk", flat=True)
        )
        Vector.objects.bulk_create(
            [
                Vector(
                    passage=row,
                    collection=collection,
                    encoder=encoder.name,
                    audience=row.audience,
                    source=row.source,
                    language=row.language,
                    vector=vector,
                    usual=near.tolist(),
                    sentences=bytes_of,
                )
                for row, vector, near, bytes_of in zip(rows, vectors, usual, kept, strict=True)
                if row.pk in alive
            ],
            ignore_conflicts=True,
        )


def embed_words(collection: Collection, encoder: Encoder, *, most: int = 2000) -> int:
    """Vectors for the words of a collection that this encoder has not seen, `most` at a time; how many it made."""
    rows = list(
        Word.objects.filter(term__collection=collection)
        .exclude(pk__in=WordVector.objects.filter(encoder=encoder.name, collection=collection).values("word"))
        .order_by("pk")[:most]
    )
    if not rows:
        return 0
    vectors = encoder.encode([row.text for row in rows], [row.language for row in rows], "passage")  # type: ignore[misc]  # a choice field holds a Language
    with transaction.atomic():
        # One writer: who reads the dictionary asks for ids above the last, so none may appear below it later.
        Collection.objects.select_for_update().get(pk=collection.pk)
        WordVector.objects.bulk_create(
            [
                WordVector(word=row, collection=collection, encoder=encoder.name, vector=packed(vector))
                for row, vector in zip(rows, vectors, strict=True)
            ],
            ignore_conflicts=True,
        )
        newest = WordVector.objects.filter(collection=collection, encoder=encoder.name).aggregate(Max("pk"))["pk__max"]
        Collection.objects.filter(pk=collection.pk).update(newest_word=newest)
    return len(rows)


def quicken(collection: Collection, engines: Iterable[tuple[str, int]]) -> None:
    """Gives a collection that has grown a graph index (HNSW) for each encoder, by its name and dimensions; a
    small one is quicker without.

    Cheap to call again. The planner uses it for queries that name the same collection and encoder.
    """
    collection.refresh_from_db()
    if collection.passages < WORTH_A_GRAPH:
        return
    for encoder, dimensions in engines:
        name = _graph(collection, encoder)
        # In a transaction, so that the memory is asked for this alone.
        with transaction.atomic(), connection.cursor() as cursor:
            _make_room(cursor, collection.passages * (2 * dimensions + A_NODE))
            cursor.execute(
                sql.SQL(
                    "CREATE INDEX IF NOT EXISTS {name} ON retrieval_vector"
                    " USING hnsw ((vector::halfvec({dimensions})) halfvec_ip_ops)"
                    " WHERE collection_id = {collection} AND encoder = {encoder}"
                ).format(
                    name=sql.Identifier(name),
                    dimensions=sql.Literal(dimensions),
                    collection=sql.Literal(collection.pk),
                    encoder=sql.Literal(encoder),
                )
            )


def _make_room(cursor: Any, bytes_wanted: int) -> None:
    """A graph that does not fit into the server's memory for such work takes a hundred times longer from there on."""
    wanted = min(bytes_wanted, MOST_ROOM) // 1024
    cursor.execute(
        "SELECT set_config('maintenance_work_mem', %s, true) FROM pg_settings"
        " WHERE name = 'maintenance_work_mem' AND setting::bigint < %s",
        [f"{wanted}kB", wanted],
    )


def _graph(collection: Collection, encoder: str) -> str:
    """The name of the index that holds a collection's graph of one encoder."""
    return f"{_graphs(collection)}{hashlib.sha256(encoder.encode()).hexdigest()[:8]}"


def _graphs(collection: Collection) -> str:
    """What the names of all its graphs begin with."""
    return f"retrieval_hnsw_{collection.pk}_"


def bm25_weight(times: float, length: int) -> float:
    """tf·(k1+1) / (tf + k1·(1 - b + b·length/usual)); the greatest possible value is k1 + 1."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length / USUAL_LENGTH))


def _read(encoder: Encoder, rows: Sequence[Passage]) -> tuple[Vectors, list[bytes | None]]:
    read = [under_title(row.context, row.text, [Span(*each) for each in row.spans]) for row in rows]
    texts, stretches = [text for text, _ in read], [its for _, its in read]
    languages: list[Any] = [row.language for row in rows]
    if not isinstance(encoder, ReadsStretches):
        return encoder.encode(texts, languages, "passage"), [None] * len(rows)
    vectors, parts = encoder.encode_with_stretches(texts, stretches, languages)
    return vectors, [packed(part) for part in parts]


def _count_terms(collection: Collection, counts: Sequence[Mapping[str, float]]) -> dict[str, int]:
    """Adds to each term the passages it newly occurs in; returns the ids of the terms."""
    occurs: Counter[str] = Counter()
    for count in counts:
        occurs.update(count.keys())
    if not occurs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retrieval_term (collection_id, text, passages)"
            " SELECT %s, t.text, t.n FROM unnest(%s::text[], %s::int[]) AS t(text, n) ORDER BY t.text"
            " ON CONFLICT (collection_id, text) DO UPDATE SET passages = retrieval_term.passages + excluded.passages"
            " RETURNING text, id",
            [collection.pk, list(occurs.keys()), list(occurs.values())],
        )
        return dict(cursor.fetchall())


def _note_words(passages: Sequence[NewPassage], term_ids: Mapping[str, int]) -> None:
    """Each new term by the word it is most often said as, for the dictionary."""
    said: dict[tuple[str, Language], Counter[str]] = defaultdict(Counter)
    for new in passages:
        for text, language in [(new.text, new.language), *new.headings]:
            for word, term in words_with_terms(text, language):
                said[term, language][word] += 1
    Word.objects.bulk_create(
        [
            Word(term_id=term_ids[term], language=language, text=forms.most_common(1)[0][0])
            for (term, language), forms in said.items()
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


def _grow(collection: Collection, passages: int, words: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE retrieval_collection SET passages = passages + %s, words = words + %s WHERE id = %s",
            [passages, words, collection.pk],
        )


def _counted(new: NewPassage) -> dict[str, float]:
    """How often each term counts: once for each time it is said, a part of that where only a heading has it."""
    count: dict[str, float] = dict(Counter(terms(new.text, new.language)))
    for heading, language in new.headings:
        for term in terms(heading, language):
            if term not in count:
                count[term] = HEADING_COUNTS
    return count


def _face(row: Passage) -> tuple[object, ...]:
    return (row.text, row.context, row.language, row.audience, row.place_start, row.place_end, list(row.places))


def _new_face(new: NewPassage) -> tuple[object, ...]:
    return (new.text, new.context, new.language, new.audience, new.start, new.end, list(new.sentence_places))


def forget_encoders(collection: Collection, keep: set[str]) -> int:
    """Deletes the vectors of every encoder but these, and their graphs; how many vectors there were. Only for encoders
    that no question is asked with any more (engines.names_in_use)."""
    gone = 0
    kept = {_graph(collection, name) for name in keep}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND starts_with(indexname, %s)",
            [_graphs(collection)],
        )
        for (graph,) in cursor.fetchall():
            if graph not in kept:
                cursor.execute(sql.SQL("DROP INDEX IF EXISTS {}").format(sql.Identifier(graph)))
    for model in (Vector, WordVector):
        made = model.objects.filter(collection=collection)
        # The names first: most of the time there is nothing to forget.
        for name in set(made.values_list("encoder", flat=True).distinct()) - keep:
            gone += made.filter(encoder=name).delete()[0]
    return gone

import pytest
from django.db import connection, transaction

from plaza.retrieval import index
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.passages import NewPassage


def graphs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'retrieval_hnsw_%'")
        return cursor.fetchone()[0]


def test_a_large_collection_gets_a_graph_for_each_encoder_and_loses_that_of_a_former_one(db, monkeypatch):
    monkeypatch.setattr(index, "WORTH_A_GRAPH", 1)
    collection = index.collection_named("graphs")
    other = index.collection_named("other graphs")
    for each in (collection, other):
        index.put(
            collection=each, source="recording", source_id="1", passages=[NewPassage(text="La sirena.", language="es")]
        )
        index.quicken(each, [(Use.name, Use.dimensions), ("former", 384)])
        index.quicken(each, [(Use.name, Use.dimensions)])
    assert graphs() == 4

    index.forget_encoders(collection, {Use.name})

    assert graphs() == 3


@pytest.mark.django_db(transaction=True)
def test_a_large_graph_has_the_memory_it_needs_while_it_is_built_and_no_longer():
    with connection.cursor() as cursor:

        def memory():
            cursor.execute("SELECT setting::bigint / 1024 FROM pg_settings WHERE name = 'maintenance_work_mem'")
            return cursor.fetchone()[0]

        def memory_for(megabytes):
            with transaction.atomic():
                index._make_room(cursor, megabytes * 1024**2)
                return memory()

        usual = memory()

        assert [memory_for(1), memory_for(3000), memory_for(30_000), memory()] == [usual, 3000, 4096, usual]

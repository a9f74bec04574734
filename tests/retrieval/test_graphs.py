from django.db import connection

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

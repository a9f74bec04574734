"""From one careful encoder to another without a day on which nothing is found."""

import numpy as np
import pytest
from pydantic import SecretStr

from plaza.retrieval import engines, index
from plaza.retrieval.encoders.endpoint import Endpoint
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.models import Vector
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders

pytestmark = pytest.mark.django_db

PASSAGES = 200


class Marked:
    """Vectors that say nothing, under a name."""

    dimensions = 3

    def __init__(self, name):
        self.name = name

    def encode(self, texts, languages, role):
        return np.ones((len(texts), 3), dtype=np.float32) / 3**0.5


FORMER, PREFERRED, QUICK = Marked("former"), Marked("preferred"), Marked(Use.name)


@pytest.fixture
def collection():
    collection = index.collection_named("tests")
    passages = [NewPassage(text=f"Pasaje número {number}.", language="es") for number in range(PASSAGES)]
    index.put(collection=collection, source="recording", source_id="1", passages=passages)
    collection.refresh_from_db()
    return collection


@pytest.fixture
def clock(monkeypatch, settings):
    """An endpoint is configured in E5's place, nothing is counted yet, and time stands still."""
    settings.EMBEDDER_URL = "http://127.0.0.1:1/v1"
    monkeypatch.setattr(engines, "encoders", lambda: Encoders(careful=PREFERRED, quick=QUICK))
    monkeypatch.setattr(engines, "_former", lambda: FORMER)
    monkeypatch.setattr(engines, "_counted", {})
    clock = type("Clock", (), {"now": 1000.0, "monotonic": lambda self: self.now})()
    monkeypatch.setattr(engines, "time", clock)
    return clock


def read(collection, encoder, most):
    index.embed(collection, encoder, index.waiting(collection, encoder, most=most))


def test_the_former_is_asked_until_the_preferred_has_read_nearly_everything(collection, clock):
    read(collection, FORMER, PASSAGES)
    read(collection, PREFERRED, 197)
    before = engines.careful_for(collection)

    read(collection, PREFERRED, 1)
    same_count = engines.careful_for(collection)
    clock.now += engines.COUNTED_EVERY_SECONDS + 1
    after = engines.careful_for(collection)

    assert [each.name for each in (before, same_count, after)] == ["former", "former", "preferred"]
    assert engines.encoders_for(collection).quick is QUICK


def test_a_former_that_never_read_is_not_asked(collection, clock):
    read(collection, PREFERRED, 1)

    assert engines.careful_for(collection) is PREFERRED


def test_where_the_former_cannot_run_the_preferred_serves_with_what_it_has(collection, clock, monkeypatch):
    monkeypatch.setattr(engines, "_former", lambda: None)
    read(collection, FORMER, PASSAGES)

    assert engines.careful_for(collection) is PREFERRED


def test_without_an_endpoint_nothing_is_counted(collection, clock, settings, django_assert_num_queries):
    settings.EMBEDDER_URL = ""

    with django_assert_num_queries(0):
        assert engines.careful_for(collection) is PREFERRED


def test_counting_is_done_once_in_a_while(collection, clock, django_assert_num_queries):
    read(collection, PREFERRED, PASSAGES)
    engines.careful_for(collection)

    with django_assert_num_queries(0):
        engines.careful_for(collection)


def test_nothing_is_forgotten_before_the_switch_nor_at_once_after_it(collection, clock):
    read(collection, PREFERRED, 100)
    before = engines.names_in_use(collection)
    read(collection, PREFERRED, 100)
    clock.now += 10 * engines.FORGOTTEN_AFTER_SECONDS
    at_the_switch = engines.names_in_use(collection)
    clock.now += engines.FORGOTTEN_AFTER_SECONDS + 1
    later = engines.names_in_use(collection)

    assert (before, at_the_switch) == (None, None)
    assert later == {"preferred", "use-multilingual-3+centred-1", "use-multilingual-3+words-1"}


def test_a_superseded_encoder_is_forgotten_in_its_collection_alone(collection):
    other = index.collection_named("another")
    index.put(
        collection=other, source="recording", source_id="9", passages=[NewPassage(text="Agua limpia.", language="es")]
    )
    for encoder in (FORMER, PREFERRED, QUICK):
        read(collection, encoder, PASSAGES)
        read(other, encoder, PASSAGES)
    index.embed_words(collection, FORMER)

    gone = index.forget_encoders(collection, {"preferred", Use.name})

    left = Vector.objects.order_by("collection", "encoder").values_list("collection__name", "encoder").distinct()
    assert set(left) == {
        ("tests", "preferred"),
        ("tests", Use.name),
        ("another", "former"),
        ("another", "preferred"),
        ("another", Use.name),
    }
    assert gone > PASSAGES
    assert index.forget_encoders(collection, {"preferred", Use.name}) == 0


def test_a_configured_endpoint_is_the_careful_encoder(settings):
    settings.EMBEDDER_URL = "http://127.0.0.1:1/v1"
    settings.EMBEDDER_MODEL, settings.EMBEDDER_DIMENSIONS = "m", 5
    settings.EMBEDDER_KEY = SecretStr("sk-secret")
    engines.encoders.cache_clear()
    try:
        careful = engines.encoders().careful
    finally:
        engines.encoders.cache_clear()

    assert isinstance(careful, Endpoint)
    assert (careful.dimensions, careful.name[:13]) == (5, "endpoint:m:5:")

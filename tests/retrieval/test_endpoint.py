"""The endpoint that may stand in E5's place, against one that answers as documented, and badly in every way."""

import http.client
import json
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from pydantic import SecretStr

from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.encoders.breaker import PAUSE_SECONDS
from plaza.retrieval.encoders.endpoint import Configuration, Endpoint
from plaza.retrieval.engines import posting
from tests.retrieval.fake_endpoint import DIMENSIONS, MODEL, FakeEndpoint, dribbles, good_answer, hangs, vector_of

KEY = "sk-very-secret-0123456789"
PATIENCE = {"query": 0.5, "passage": 1.0}


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def fake():
    with FakeEndpoint(KEY) as fake:
        yield fake


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def endpoint(fake, clock):
    return endpoint_at(fake.url, clock)


def endpoint_at(url, clock=time.monotonic, key=KEY, **configured):
    configuration = Configuration(url=url, model=MODEL, dimensions=DIMENSIONS, **configured)
    return Endpoint(configuration, posting(url, SecretStr(key)), patience=PATIENCE, clock=clock)


def ask(endpoint, *texts, role="query"):
    return endpoint.encode(texts, ["es"] * len(texts), role)


def unit(text):
    return np.array(vector_of(text)) / np.linalg.norm(vector_of(text))


def test_the_fake_speaks_the_protocol_as_documented(fake):
    connection = http.client.HTTPConnection("127.0.0.1", fake.server_port)
    connection.request(
        "POST",
        "/v1/embeddings",
        json.dumps({"model": MODEL, "input": ["agua", "river"], "encoding_format": "float"}),
        {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"},
    )
    answer = connection.getresponse()

    assert answer.status == 200
    assert json.load(answer) == {
        "object": "list",
        "data": [
            {"object": "embedding", "index": 0, "embedding": vector_of("agua")},
            {"object": "embedding", "index": 1, "embedding": vector_of("river")},
        ],
        "model": MODEL,
        "usage": {"prompt_tokens": 8, "total_tokens": 8},
    }


def test_good_answers_become_unit_vectors(endpoint, fake):
    vectors = ask(endpoint, "agua", "river")

    assert vectors.dtype == np.float32
    assert np.allclose(vectors, [unit("agua"), unit("river")])
    path, headers, body = fake.heard[0]
    assert (path, headers["Authorization"]) == ("/v1/embeddings", f"Bearer {KEY}")
    assert json.loads(body) == {"model": MODEL, "input": ["agua", "river"], "encoding_format": "float"}


def test_no_key_no_header():
    with FakeEndpoint() as fake:
        ask(endpoint_at(fake.url, key=""), "agua")

    assert "Authorization" not in fake.heard[0][1]


def test_an_answer_in_another_order_is_put_in_order(endpoint, fake):
    fake.answer = lambda question, good, _: {**good, "data": good["data"][::-1]}

    assert np.allclose(ask(endpoint, "agua", "river"), [unit("agua"), unit("river")])


def test_many_passages_go_sixteen_at_a_time_in_order(endpoint, fake):
    texts = [f"pasaje {number}" for number in range(35)]

    vectors = ask(endpoint, *texts, role="passage")

    assert np.allclose(vectors, [unit(text) for text in texts])
    assert [len(json.loads(body)["input"]) for _, _, body in fake.heard] == [16, 16, 3]


def test_texts_are_made_safe_and_get_the_prefix_of_their_role(fake):
    endpoint = endpoint_at(fake.url, query_prefix="query: ", passage_prefix="passage: ")

    ask(endpoint, "a\x00b \ud800", "")
    ask(endpoint, "x" * 9000, role="passage")

    assert json.loads(fake.heard[0][2])["input"] == ["query: a b ?", "query: -"]
    assert json.loads(fake.heard[1][2])["input"] == ["passage: " + "x" * 4000]


def test_no_texts_ask_nobody(endpoint, fake):
    assert ask(endpoint).shape == (0, DIMENSIONS)
    assert fake.heard == []


def test_vectors_of_differently_configured_endpoints_have_different_names():
    first = Configuration(url="http://a/v1", model="m" * 80, dimensions=4000)
    others = [
        replace(first, url="http://b/v1"),
        replace(first, model="m" * 79),
        replace(first, dimensions=3999),
        replace(first, query_prefix="q"),
        replace(first, passage_prefix="q"),
    ]

    assert len({each.name() for each in [first, *others]}) == 6
    assert max(len(each.name()) for each in [first, *others]) <= 60
    assert replace(first, url="http://a/v1/").name() == first.name()


def with_embedding(*numbers):
    return lambda question, good, _: {"data": [{"index": 0, "embedding": list(numbers)}]}


LIES = {
    "another dimension": (with_embedding(1.0, 2.0), "2 numbers where its vectors have 4"),
    "no numbers": (with_embedding(1, 2, 3, "4"), "not made of numbers"),
    "true is no number": (with_embedding(1, 2, 3, True), "not made of numbers"),
    "NaN": (with_embedding(1, 2, 3, float("nan")), "without a direction"),
    "infinity": (with_embedding(1, 2, 3, float("inf")), "without a direction"),
    "a number beyond all": (with_embedding(1, 2, 3, 10**400), "beyond all numbers"),
    "zeros": (with_embedding(0, 0, 0, 0), "without a direction"),
    "base64": (lambda *_: {"data": [{"index": 0, "embedding": "AACAPw=="}]}, "no list of numbers"),
    "too few": (lambda *_: {"data": []}, "0 vectors for 1 texts"),
    "too many": (lambda question, good, _: {"data": good["data"] * 2}, "2 vectors for 1 texts"),
    "another index": (lambda *_: {"data": [{"index": 7, "embedding": [1, 2, 3, 4]}]}, "misnumbered"),
    "an index of lists": (lambda *_: {"data": [{"index": [], "embedding": [1, 2, 3, 4]}]}, "no list of embeddings"),
    "no JSON": (lambda *_: (200, b"<html>"), "no list of embeddings"),
    "no UTF-8": (lambda *_: (200, b'{"data": "\xff"}'), "no list of embeddings"),
    "JSON without end": (lambda *_: (200, b"[" * 60_000), "no list of embeddings"),
    "JSON of another kind": (lambda *_: (200, b"[]"), "no list of embeddings"),
    "nothing": (lambda *_: (200, b""), "no list of embeddings"),
    "too much": (lambda *_: (200, b" " * 200_000), "too large"),
    "error": (lambda *_: (500, {"error": {"message": "out of memory"}}), "status 500"),
    "no content": (lambda *_: (204, b""), "status 204"),
}


@pytest.mark.parametrize(("answer", "why"), LIES.values(), ids=LIES.keys())
def test_what_cannot_be_believed_makes_it_absent_with_the_reason(answer, why, endpoint, fake):
    fake.answer = answer

    with pytest.raises(EncoderAbsent, match=why):
        ask(endpoint, "agua")


def test_great_and_small_numbers_still_have_a_direction(endpoint, fake):
    fake.answer = with_embedding(1e300, 0, 0, 0)

    assert ask(endpoint, "agua").tolist() == [[1, 0, 0, 0]]


SLOW = {
    "hangs": hangs(2.0),
    "answers late": hangs(0.8),
    "dribbles its head": dribbles(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100, 0.1),
    "dribbles its answer": dribbles(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n" + b" " * 90, 0.02),
}


@pytest.mark.parametrize("answer", SLOW.values(), ids=SLOW.keys())
def test_a_slow_endpoint_costs_a_person_her_patience_and_no_more(answer, endpoint, fake):
    fake.answer = answer
    begun = time.monotonic()

    with pytest.raises(EncoderAbsent, match="did not answer in time"):
        ask(endpoint, "agua")

    assert time.monotonic() - begun < PATIENCE["query"] + 0.3
    deadline = time.monotonic() + 2
    while any(thread.name == "in time" for thread in threading.enumerate()):
        assert time.monotonic() < deadline, "the thread that waited is still there"
        time.sleep(0.01)


def test_a_redirect_is_not_followed(endpoint, fake):
    with FakeEndpoint() as elsewhere:
        fake.answer = lambda question, good, handler: handler.give(307, b"", Location=f"{elsewhere.url}/embeddings")

        with pytest.raises(EncoderAbsent, match="sends us elsewhere"):
            ask(endpoint, "agua")

    assert elsewhere.heard == []


def test_nobody_there_is_an_absent_encoder(fake):
    fake.server_close()

    with pytest.raises(EncoderAbsent, match="gave no answer"):
        ask(endpoint_at(fake.url), "agua")


def test_the_key_is_in_no_exception_even_where_the_endpoint_repeats_it(fake):
    endpoint = endpoint_at(fake.url, key="sk-wrong-but-secret")

    with pytest.raises(EncoderAbsent, match="status 401") as refusal:
        ask(endpoint, "agua")

    error = refusal.value
    while error is not None:
        assert "secret" not in f"{error!r} {error}"
        error = error.__cause__ or error.__context__


def test_after_a_failure_queries_are_left_out_until_the_pause_is_over(endpoint, fake, clock):
    fake.answer = lambda *_: (500, {})
    with pytest.raises(EncoderAbsent, match="status 500"):
        ask(endpoint, "agua")
    fake.answer = lambda question, good, _: good

    clock.now += PAUSE_SECONDS - 1
    with pytest.raises(EncoderAbsent, match="left alone"):
        ask(endpoint, "agua")
    assert len(fake.heard) == 1

    clock.now += 2
    assert len(ask(endpoint, "agua")) == 1
    assert len(ask(endpoint, "agua")) == 1


def test_after_the_pause_one_person_tries_and_the_others_do_not_wait(endpoint, fake, clock):
    fake.answer = lambda *_: (500, {})
    with pytest.raises(EncoderAbsent):
        ask(endpoint, "agua")
    clock.now += PAUSE_SECONDS + 1
    come, go = threading.Event(), threading.Event()

    def slowly(question, good, handler):
        come.set()
        go.wait(2)
        return good

    fake.answer = slowly
    trying = threading.Thread(target=ask, args=(endpoint, "agua"))
    trying.start()
    come.wait(2)

    with pytest.raises(EncoderAbsent, match="left alone"):
        ask(endpoint, "agua")
    go.set()
    trying.join()

    assert len(ask(endpoint, "agua")) == 1


def test_passages_are_tried_whatever_happened_to_a_query(endpoint, fake):
    fake.answer = lambda *_: (500, {})
    with pytest.raises(EncoderAbsent):
        ask(endpoint, "agua")
    fake.answer = lambda question, good, _: good_answer(question)

    assert len(ask(endpoint, "agua", role="passage")) == 1

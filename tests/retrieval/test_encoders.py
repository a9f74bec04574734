import threading

import numpy as np
import pytest

from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.encoders import e5 as e5_module
from plaza.retrieval.encoders.client import RemoteEncoder, answers
from plaza.retrieval.encoders.e5 import E5, processor_can
from plaza.retrieval.encoders.server import EncoderServer
from plaza.retrieval.encoders.use import Use

WILD = ["", "\ufdfa" * 500, "NUL \x00 here", "\ud800", "🌊" * 300, "a" * 20_000, "\n\t "]


@pytest.fixture(scope="module", params=[Use, E5], ids=["quick", "careful"])
def encoder(request):
    return request.param()


def test_every_vector_has_length_one(encoder):
    vectors = encoder.encode(["agua limpia", "clean water"], ["es", "en"], "query")

    assert vectors.shape == (2, encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_wild_texts_get_finite_vectors(encoder):
    vectors = encoder.encode(WILD, ["es"] * len(WILD), "query")

    assert np.isfinite(vectors).all()


def test_the_same_meaning_in_another_language_is_nearer_than_another_meaning(encoder):
    question = encoder.encode(["¿cómo evacuar cuando crece el río?"], ["es"], "query")[0]
    same, other = encoder.encode(
        ["When the river rises, sirens tell people to leave.", "Property tax is paid in March."],
        ["en", "en"],
        "passage",
    )

    assert question @ same > question @ other


def test_no_texts_make_no_vectors(encoder):
    assert encoder.encode([], [], "passage").shape == (0, encoder.dimensions)


def test_without_avx2_the_careful_encoder_is_absent(tmp_path, monkeypatch):
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("flags : fpu sse2 avx\n")
    monkeypatch.setattr(e5_module.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(e5_module, "processor_can", lambda: processor_can(cpuinfo))

    assert processor_can(cpuinfo) is False
    with pytest.raises(EncoderAbsent, match="AVX2"):
        E5()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    address = tmp_path_factory.mktemp("encoders") / "s"
    with EncoderServer(address) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield str(address)
        server.shutdown()


def test_the_encoder_process_gives_the_same_vectors(server):
    texts = ["agua limpia", "água limpa"]
    remote = RemoteEncoder(server, Use.name, Use.dimensions)

    assert answers(server)
    assert np.array_equal(remote.encode(texts, ["es", "pt"], "passage"), Use().encode(texts, ["es", "pt"], "passage"))


def test_an_unknown_encoder_is_absent(server):
    with pytest.raises(EncoderAbsent, match="no encoder 'other'"):
        RemoteEncoder(server, "other", 3).encode(["agua"], ["es"], "query")


def test_another_number_of_dimensions_is_refused(server):
    with pytest.raises(EncoderAbsent, match="another number of values"):
        RemoteEncoder(server, Use.name, 7).encode(["agua"], ["es"], "query")


def test_a_process_that_is_gone_makes_the_encoder_absent(tmp_path):
    with pytest.raises(EncoderAbsent, match="does not answer"):
        RemoteEncoder(str(tmp_path / "nobody"), Use.name, 512).encode(["agua"], ["es"], "query")

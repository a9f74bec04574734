"""Quotes in the reader's language, by a machine of the host's: beside what was said, labelled, once, and never for others."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from libretranslatepy import LibreTranslateAPI
from pydantic import SecretStr

from plaza.core.models import Origin
from plaza.core.translations import Words
from plaza.knowledge.choices import Visibility
from plaza.search.domain import translator as machine
from plaza.search.domain.asking import ask_network
from plaza.search.domain.documents import ask_document
from plaza.search.domain.indexing import index_recording
from plaza.search.domain.translator import NoTranslation, Translator
from plaza.search.models import QuoteTranslation
from tests.search.fake_translator import FakeTranslator
from tests.search.test_asking import RIVER

QUESTION = "como as sirenes avisam os bairros quando o rio sobe?"


@pytest.fixture
def server(settings):
    machine._reach.cache_clear()
    with FakeTranslator(key="k-123") as served:
        settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY = served.url, SecretStr("k-123")
        yield served


def ask(question=QUESTION, shown_in="pt"):
    return ask_network(question, language="pt", user=AnonymousUser(), shown_in=shown_in)


def test_the_fake_answers_the_projects_own_client(server):
    client = LibreTranslateAPI(server.url, "k-123")

    assert client.translate("Cuando el río crece", "es", "pt") == "[pt] Cuando el río crece"


def test_a_quote_in_another_language_stands_beside_what_a_machine_made_of_it(network, server):
    first = ask().quotes[0]

    assert (first.text, first.translation) == (RIVER, Words(f"[pt] {RIVER}", "pt", Origin.MACHINE))
    assert {(each["source"], each["target"], each["format"]) for each in server.heard} == {("es", "pt", "text")}


def test_the_page_labels_it_and_the_machines_twin_says_its_origin(network, server, client):
    page = client.get("/pt/ask/", {"q": QUESTION}).text
    document = client.get("/pt/ask.json", {"q": QUESTION}).json()

    assert f'[pt] {RIVER} <small class="chip">tradução automática</small>' in page
    assert f"<mark>{RIVER}</mark>" in page
    assert document["quotes"][0]["text"] == RIVER
    assert document["quotes"][0]["translation"] == {"text": f"[pt] {RIVER}", "origin": "machine"}


def test_nobody_waits_for_it_twice(network, server):
    first = [quote.translation for quote in ask().quotes]
    asked = len(server.heard)
    server.answer = lambda question, good: (500, b"")

    assert [quote.translation for quote in ask().quotes] == first
    assert len(server.heard) == asked > 0


def test_what_was_said_in_the_readers_language_needs_none(network, server):
    answer = ask("¿cómo avisan las sirenas a los barrios?", shown_in="es")

    assert [quote.translation for quote in answer.quotes if quote.found.hit.language == "es"][:1] == [None]
    assert not [each for each in server.heard if each["source"] == "es"]


def test_words_for_members_are_not_sent_to_a_server(network, server):
    recording = network.recordings["river"]
    recording.work.visibility = Visibility.MEMBERS
    recording.work.save(update_fields=["visibility"])
    index_recording(recording.pk)

    answer = ask_network(QUESTION, language="pt", user=network.secretary, shown_in="pt")

    assert (answer.quotes[0].text, answer.quotes[0].translation) == (RIVER, None)
    assert RIVER not in [text for each in server.heard for text in each["q"]]


def test_a_translation_is_forgotten_with_what_was_quoted(network, server):
    ask()
    recording = network.recordings["river"]
    assert QuoteTranslation.objects.filter(source_id=str(recording.pk)).exists()

    recording.work.is_published = False
    recording.work.save(update_fields=["is_published"])
    index_recording(recording.pk)

    assert not QuoteTranslation.objects.filter(source_id=str(recording.pk)).exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "k-123 is out of breath"},
        {"translatedText": "one text for many"},
        {"translatedText": []},
        {"translatedText": [None] * 9},
        (500, b"<html>k-123"),
        (302, b""),
        (200, b"not json"),
        (200, b"[" * 100_000),
    ],
)
def test_a_server_that_errs_or_lies_leaves_the_quote_as_it_was_said(network, server, answer, caplog):
    server.answer = lambda question, good: answer

    quote = ask().quotes[0]

    assert (quote.text, quote.translation) == (RIVER, None)
    assert "k-123" not in caplog.text
    assert QuoteTranslation.objects.count() == 0


def test_far_too_much_text_and_none_are_no_translation(network, server):
    for said in ("x" * 100_000, " \u0000 "):
        server.answer = lambda question, good, said=said: {"translatedText": [said for _ in question["q"]]}
        machine._reach.cache_clear()

        assert ask().quotes[0].translation is None


def test_a_server_that_hangs_costs_one_reader_her_patience_and_not_everyone(network, server, monkeypatch):
    monkeypatch.setattr("plaza.search.domain.translated.PATIENCE_SECONDS", 1.5)
    server.answer = lambda question, good: time.sleep(3) or good

    ask()
    heard = len(server.heard)
    ask()

    assert (heard, len(server.heard)) == (1, 1)


def test_after_a_pause_it_is_asked_again():
    answers = iter([(500, b""), (200, b'{"translatedText": ["sim"]}')])
    now = [0.0]
    asked = Translator(lambda data, seconds: next(answers), breaker=machine.Breaker(lambda: now[0]))

    for _ in range(2):
        with pytest.raises(NoTranslation):
            asked.translate(["sí"], "es", "pt", seconds=1)
    now[0] = 60.0

    assert asked.translate(["sí"], "es", "pt", seconds=1) == ["sim"]


def test_without_a_server_quotes_have_none(network):
    answer = ask()

    assert answer.quotes[0].translation is None
    assert ask_document(answer, 1.0, "pt")["quotes"][0]["translation"] is None

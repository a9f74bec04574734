"""The secretariat answers in time."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plaza.core import history
from plaza.corrections.choices import CorrectionState
from plaza.corrections.domain.answering import ClosedAlready, answer, close, take_up
from plaza.corrections.domain.asking import withdraw
from plaza.corrections.domain.forgetting import erase_old
from plaza.corrections.domain.health import examine_corrections
from plaza.corrections.domain.legal import legal_times
from plaza.corrections.models import Correction
from plaza.mail.models import Letter

LIST = "/es/workspace/corrections/"


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def test_it_is_taken_up_answered_and_closed_each_in_the_history_and_in_a_letter(network, asked):
    take_up(correction=asked, by=network.secretary)
    take_up(correction=asked, by=network.secretary)
    answer(correction=asked, text="¿Desde qué día?", by=network.secretary)
    close(correction=asked, to=CorrectionState.CORRECTED, text="Está corregido.", by=network.secretary)

    asked.refresh_from_db()
    assert (asked.state, asked.closed_at is not None) == ("corrected", True)
    assert list(asked.words.values_list("text", "is_answer", "by")) == [
        ("¿Desde qué día?", True, network.secretary.pk),
        ("Está corregido.", True, network.secretary.pk),
    ]
    assert list(history.of(asked).values_list("verb", "by")) == [
        ("received", None),
        ("taken up", network.secretary.pk),
        ("answered", network.secretary.pk),
        ("corrected", network.secretary.pk),
    ]
    letters = Letter.objects.order_by("pk")[1:]
    assert ["¿Desde qué día?" in letters[0].text, "Está corregido." in letters[1].text] == [True, True]
    assert {letter.language for letter in letters} == {"es"}


@pytest.mark.parametrize("outcome", ["corrected", "removed", "refused"])
def test_what_is_closed_stays_closed_and_says_why(network, secretary, asked, outcome):
    page = f"{LIST}{asked.pk}/decide/"

    secretary.post(page, {"text": "", "outcome": outcome})
    asked.refresh_from_db()
    assert asked.state == "received"
    secretary.post(page, {"text": "Porque la ley lo pide.", "outcome": outcome})
    secretary.post(page, {"text": "Otra vez", "outcome": "refused"})

    asked.refresh_from_db()
    assert asked.state == outcome
    assert [word.text for word in asked.words.all()] == ["Porque la ley lo pide."]
    with pytest.raises(ClosedAlready):
        answer(correction=asked, text="x", by=network.secretary)


def test_a_request_does_not_end_without_a_word_nor_in_a_way_there_is_not(network, asked):
    for to, text in ((CorrectionState.REFUSED, ""), (CorrectionState.RECEIVED, "x"), (CorrectionState.WITHDRAWN, "x")):
        with pytest.raises(ValueError, match="does not end"):
            close(correction=asked, to=to, text=text, by=network.secretary)


def test_what_she_withdrew_meanwhile_is_told_to_whoever_answers(secretary, asked):
    withdraw(correction=asked)

    secretary.post(f"{LIST}{asked.pk}/decide/", {"text": "Hecho", "outcome": "corrected"})

    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert not asked.words.exists()


def test_nobody_else_reads_or_answers(network, client, asked):
    pages = [LIST, f"{LIST}{asked.pk}/"]

    assert [client.get(page).status_code for page in pages] == [302, 302]
    assert client.post(f"{LIST}{asked.pk}/decide/", {"deed": "take_up"}).status_code == 302
    client.force_login(network.member)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(f"{LIST}{asked.pk}/decide/", {"deed": "take_up"}).status_code == 404
    with pytest.raises(PermissionError):
        take_up(correction=asked, by=network.member)
    assert list(Correction.objects.visible_to(network.member)) == []
    asked.refresh_from_db()
    assert asked.state == "received"


def test_an_answer_that_is_not_whole_comes_back_with_what_was_typed(secretary, asked):
    response = secretary.post(f"{LIST}{asked.pk}/decide/", {"text": "Casi lista", "outcome": "party"})

    assert response.status_code == 422
    assert "Casi lista" in response.text
    assert not asked.words.exists()


def test_a_request_leads_to_its_record_and_to_a_record_that_went_says_so(network, secretary, asked):
    page = f"{LIST}{asked.pk}/"

    assert 'href="/es/people/ana-ribera/"' in secretary.get(page).text
    Correction.objects.update(path="/people/gone/")

    assert "<code>/people/gone/</code>" in secretary.get(page).text


def test_the_late_come_first_and_are_marked_and_the_closed_come_last(network, ask, secretary):
    today = timezone.localdate()
    for number, days in enumerate((5, -2, 1)):
        ask(form_key=str(uuid.uuid4()), wrong=f"{number}")
        Correction.objects.filter(serial=number + 1).update(due_on=today + dt.timedelta(days=days))
    ask(form_key=str(uuid.uuid4()))
    withdraw(correction=Correction.objects.get(serial=4))

    assert [row.serial for row in Correction.objects.visible_to(network.secretary).for_list()] == [2, 3, 1, 4]
    assert [row.is_late for row in Correction.objects.for_list()] == [True, False, False, False]
    assert secretary.get(LIST).text.count("<strong>") == 1
    assert examine_corrections()[0].verdict == "warning"
    Correction.objects.filter(serial=2).update(due_on=today)
    assert examine_corrections()[0].verdict == "sound"


def test_the_pages_cost_the_same_for_three_and_for_thirty(ask, secretary, django_assert_num_queries):
    def more(count):
        first = Correction.objects.get(serial=1)
        for serial in range(Correction.objects.count() + 1, count + 1):
            first.pk, first.serial, first.uuid = None, serial, uuid.uuid4()
            first.token_hash, first.fingerprint = f"{serial}", f"{serial}"
            first.save()

    ask()
    more(3)
    with django_assert_num_queries(5):
        secretary.get(LIST)
    more(30)
    with django_assert_num_queries(5):
        secretary.get(LIST)

    one = Correction.objects.get(serial=1)
    page = f"{LIST}{one.pk}/"
    secretary.get(page)
    with django_assert_num_queries(7) as few:
        secretary.get(page)
    for number in range(9):
        one.words.create(is_answer=False, text=str(number))
    with django_assert_num_queries(len(few)):
        secretary.get(page)


def test_persons_are_forgotten_some_time_after_it_was_closed_and_the_rest_stays(network, client, asked, settings):
    settings.CORRECTIONS_KEPT_DAYS = 180
    link = "/es/corrections/" + Letter.objects.get().text.split("/es/corrections/")[1].split("/")[0] + "/"
    close(correction=asked, to=CorrectionState.REFUSED, text="Ana Ribera firmó el acta.", by=network.secretary)

    assert erase_old() == 0
    Correction.objects.update(closed_at=timezone.now() - dt.timedelta(days=181))
    assert (erase_old(), erase_old()) == (1, 0)

    asked.refresh_from_db()
    assert (asked.name, asked.email, asked.wrong, asked.wish, asked.about, asked.path) == ("",) * 6
    assert (asked.subject, asked.capacity, asked.fingerprint) == (None, "", None)
    assert (asked.number, asked.kind, asked.state) == (f"C-{asked.year}-0001", "correction", "refused")
    assert not asked.words.exists()
    assert asked.number in client.get(link).text
    client.force_login(network.secretary)
    assert client.get(f"{LIST}{asked.pk}/").status_code == 200


def test_what_is_open_is_not_forgotten_however_old(asked):
    Correction.objects.update(received_at=timezone.now() - dt.timedelta(days=900))

    assert erase_old() == 0


@pytest.mark.parametrize(
    "changed", [{"state": "refused"}, {"closed_at": timezone.now()}, {"erased_at": timezone.now()}]
)
def test_the_database_keeps_what_is_promised(asked, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(**changed)


def test_each_legal_time_has_its_source_and_the_host_reads_the_same():
    from pathlib import Path  # beside its story

    told = (Path(__file__).resolve().parents[2] / "docs" / "hosting" / "corrections.md").read_text("utf-8")

    assert [time for time in legal_times() if not time.source.startswith("https://")] == []
    assert [time.law for time in legal_times() if time.law not in told or time.source not in told] == []

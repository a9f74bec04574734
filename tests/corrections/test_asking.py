"""Asking for a correction without an account, and all that strangers send."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from plaza.core import history, rate
from plaza.core.languages import LANGUAGES
from plaza.corrections import views
from plaza.corrections.domain.asking import MOST_WORDS
from plaza.corrections.models import Correction, CorrectionWord
from plaza.mail.models import Letter
from tests.corrections.conftest import plain


def test_a_request_gets_a_number_a_day_and_a_letter_and_is_in_the_history(network, ask, settings):
    settings.CORRECTION_DAYS = 10

    answer = ask("pt")

    correction = Correction.objects.get()
    today = timezone.localdate()
    assert correction.number == f"C-{today.year}-0001"
    assert (correction.subject, correction.about, correction.path) == (
        network.people["Ana Ribera"],
        "Ana Ribera",
        "/people/ana-ribera/",
    )
    assert (correction.state, correction.due_on) == ("received", today + dt.timedelta(days=10))
    assert list(history.of(correction).values_list("verb", "by")) == [("received", None)]
    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.list_name, letter.headers) == ("ana@example.org", "pt", "", {})
    assert correction.number in letter.subject
    assert f"http://127.0.0.1{answer['Location']}" in letter.text


def test_the_letter_says_nothing_that_a_stranger_may_have_written(ask):
    ask(name="Buy at http://spam.example", wrong="http://spam.example", wish="http://spam.example")

    letter = Letter.objects.get()
    assert "spam" not in letter.subject + letter.text + letter.to_name


def test_numbers_count_up_within_a_year(ask, form):
    for _ in range(3):
        ask(form_key=str(uuid.uuid4()))

    assert list(Correction.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("page", ["/people/ana-ribera/", "/cities/riberas/", "/meetings/river/", "/recordings/river/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_names_people_leads_to_a_form_that_names_the_page(network, client, page, language):
    link = f"/{language}/corrections/?about=/{language}{page}"

    assert f'href="{link}"' in client.get(f"/{language}{page}").text
    assert f'<a href="/{language}{page}">' in client.get(link).text


@pytest.mark.parametrize("page", ["/es/recordings/markets/", "/es/recordings/none/", "/es/meetings/buses/", "/es/x"])
def test_nobody_learns_whether_a_page_is_private_or_not_there(network, client, page):
    here, none = (client.get(f"/es/corrections/?about={each}") for each in (page, "/es/people/none/"))

    def shown(response, about):
        text = response.text.replace(about, "X").replace(about.replace("/", "%2F"), "X")
        return [line for line in text.splitlines() if "csrf" not in line]

    assert here.status_code == none.status_code == 200
    assert shown(here, page) == shown(none, "/es/people/none/")
    assert "Markets after the fire" not in here.text


def test_a_request_about_a_page_that_is_not_hers_is_taken_in_her_own_words(network, ask):
    ask(about="/es/recordings/markets/", where="La grabación del mercado")

    correction = Correction.objects.get()
    assert (correction.subject, correction.about, correction.path) == (
        None,
        "La grabación del mercado",
        "/recordings/markets/",
    )


def test_the_same_form_sent_twice_is_one_request(ask):
    first, second = ask(), ask()

    assert first["Location"] == second["Location"]
    assert Correction.objects.count() == 1
    assert Letter.objects.count() == 1


def test_a_form_that_was_changed_and_sent_again_is_another_request(ask):
    first, second = ask(), ask(wrong="Ya no soy alcaldesa, desde mayo.")

    assert first["Location"] != second["Location"]
    assert Correction.objects.count() == 2


@pytest.mark.parametrize("key", ["", "not-a-key", "1" * 5000])
def test_a_form_without_its_key_is_taken_or_told_and_never_breaks(ask, key):
    assert ask(form_key=key).status_code in (302, 422)


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "ana@example.org\r\nBcc: all@example.org"},
        {"email": "ana@example.org\nTo: b@example.org"},
        {"email": "Ana <ana@example.org>"},
        {"email": "nobody"},
        {"email": ""},
        {"name": ""},
        {"name": "\u202e\u200f"},
        {"name": "A" * 201},
        {"wrong": " \n "},
        {"wrong": "x" * 1_000_000},
        {"wish": "x" * 5001},
        {"kind": "party"},
        {"kind": ""},
        {"capacity": "king"},
        {"website": "http://spam.example"},
        {"about": "/es/none/", "where": ""},
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_lost(ask, form, changed):
    answer = ask(**changed)

    assert answer.status_code == 422
    assert 'class="errorlist' in answer.text
    assert not Correction.objects.exists()
    assert not Letter.objects.exists()
    for name in {"wrong", "wish", "name"} - set(changed):
        assert form[name] in answer.text


def test_a_request_of_three_megabytes_is_refused(ask):
    assert ask(wrong="x" * 3_000_000).status_code == 400
    assert not Correction.objects.exists()


def test_markup_and_direction_marks_are_words_or_nothing(network, client, ask):
    ask(name="<b>Ana</b>\x00 \u202eaveN", wrong="<script>alert(1)</script>\u2066", wish="{{ settings.SECRET_KEY }}")
    correction = Correction.objects.get()
    client.force_login(network.secretary)

    pages = [
        client.get(f"/es/workspace/corrections/{correction.pk}/").text,
        client.get("/es/workspace/corrections/").text,
    ]

    assert correction.name == "<b>Ana</b> aveN"
    assert "&lt;b&gt;Ana&lt;/b&gt; aveN" in pages[0]
    assert "<script>alert" not in "".join(pages)
    assert "{{ settings.SECRET_KEY }}" in pages[0]


def test_of_a_thousand_requests_from_one_address_few_are_taken_and_nothing_typed_is_lost(ask, form):
    answers = [ask(form_key=str(uuid.uuid4()), wrong=f"Error {n}").status_code for n in range(20)]
    more = [rate.take(views.REQUESTS, "127.0.0.1") for _ in range(980)]

    assert answers.count(302) == Correction.objects.count() == views.REQUESTS.burst
    assert (answers.count(429), any(more)) == (20 - views.REQUESTS.burst, False)
    refused = ask(wrong="Lo que escribí")
    assert (refused.status_code, "Lo que escribí" in refused.text) == (429, True)
    assert Letter.objects.count() == 3  # nobody is flooded with receipts either


def test_another_address_still_comes_through(client, ask, form):
    for n in range(views.REQUESTS.burst + 1):
        ask(form_key=str(uuid.uuid4()), wrong=f"Error {n}")

    answer = client.post("/es/corrections/", {**form, "wrong": "Otra"}, REMOTE_ADDR="203.0.113.9")

    assert answer.status_code == 302


def test_a_token_that_was_guessed_is_the_same_nothing_as_any_other(client, asked, settings):
    settings.DEBUG = False
    link = Letter.objects.get().text.split("/es/corrections/")[1].split("/")[0]
    guesses = [
        "x",
        "0" * 64,
        link[:-1] + ("0" if link[-1] != "0" else "1"),
        asked.token_hash,
        str(asked.uuid),
        link + "0",
    ]

    assert client.get(f"/es/corrections/{link}/").status_code == 200
    answers = [client.get(f"/es/corrections/{guess}/") for guess in guesses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers}) == 1
    assert link not in str(list(Correction.objects.values()))


@pytest.fixture
def her_page(asked):
    return "/es/corrections/" + Letter.objects.get().text.split("/es/corrections/")[1].split("/")[0] + "/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_follows_her_request_in_any_language_and_no_one_keeps_the_page(client, her_page, asked, language):
    answer = client.get(her_page.replace("/es/", f"/{language}/"))

    assert asked.number in answer.text
    assert "Ya no soy alcaldesa." in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex, nofollow"' in answer.text


def test_she_adds_a_word_once_and_withdraws(client, her_page, asked):
    for _ in range(2):
        client.post(her_page, {"text": "Y el año es 2024.\r\n\u202e"})
    client.post(her_page, {"text": ""})
    client.post(her_page, {"deed": "withdraw"})
    client.post(her_page, {"deed": "withdraw"})
    client.post(her_page, {"text": "Otra cosa"})

    asked.refresh_from_db()
    assert (asked.state, asked.closed_at is not None) == ("withdrawn", True)
    assert list(asked.words.values_list("text", "is_answer")) == [("Y el año es 2024.", False)]
    assert list(history.of(asked).values_list("verb", flat=True)) == ["received", "word added", "withdrawn"]


def test_no_more_words_are_added_than_somebody_can_read(client, her_page, asked, monkeypatch):
    CorrectionWord.objects.bulk_create(
        CorrectionWord(correction=asked, is_answer=False, text=f"{n}") for n in range(MOST_WORDS)
    )

    client.post(her_page, {"text": "y otra"})

    assert asked.words.count() == MOST_WORDS


def test_a_letter_has_no_link_that_would_not_open(asked, settings):
    from plaza.corrections.domain.links import link_of  # beside its story

    assert link_of(asked).startswith("http://127.0.0.1/es/corrections/")
    settings.SECRET_KEY = "another"

    assert link_of(asked) == ""

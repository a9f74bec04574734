"""While a meeting runs, two people on telephones ask and second, each in her language; a moderator answers and lets them vote."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.live import kept_boards
from plaza.live.domain import rooms
from plaza.live.models import Poll, Question
from plaza.meetings.models import Meeting
from plaza.registration.domain import desks
from plaza.registration.domain.links import token_of
from plaza.registration.models import Registration
from tests.journeys.looking import follow, is_good
from tests.registration.conftest import somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ELEVEN_SECONDS, THREE_SECONDS = 11_000, 3_000


@pytest.fixture
def people(network, monkeypatch):
    monkeypatch.setattr(kept_boards, "AFRESH", 0.0)
    kept_boards.forget()
    meeting = network.meetings["river"]
    begun = timezone.now() - dt.timedelta(minutes=10)
    Meeting.objects.filter(pk=meeting.pk).update(
        status="live", timezone="America/Bogota", starts_at=begun, ends_at=begun + dt.timedelta(hours=2),
        date_start=begun, date_end=begun,
    )  # fmt: skip
    meeting.refresh_from_db()
    desks.set_up(meeting=meeting, by=network.secretary)
    desk = desks.open_registration(meeting=meeting, by=network.secretary)
    somebody(desk, 1, name="Inês Souza", language="pt", city=network.cities["Porto Mar"])
    somebody(desk, 2, name="Marta Ruiz", language="es")
    rooms.open_room(meeting=meeting, by=network.secretary)
    return list(Registration.objects.order_by("number"))


def comes_in(page, registration, language):
    page.goto(f"/{language}/registration/{token_of(registration)}/")
    follow(page.locator("main .deeds a.button"))
    assert page.url.endswith(f"/{language}/meetings/river/live/")


@pytest.mark.parametrize("dark", [False, True])
def test_two_people_ask_second_and_vote_and_nothing_typed_is_lost(network, people, visit, dark):
    ines, marta = visit(language="pt", dark=dark), visit(language="es", dark=dark)
    cookies = []
    marta.on(
        "request", lambda asked: cookies.append(asked.headers.get("cookie")) if "/live/state" in asked.url else None
    )
    for page, registration, language in ((ines, people[0], "pt"), (marta, people[1], "es")):
        page.clock.install()
        comes_in(page, registration, language)
    moderator = visit(language="es", dark=dark, user=network.secretary)

    ines.fill("#id_words", "Quem avisa os vizinhos?")
    ines.check("#id_is_named")
    follow(ines.locator("#asking button"))
    marta.fill("#id_words", "¿Cuánto co")
    marta.clock.run_for(ELEVEN_SECONDS)
    marta.locator("#board [lang=pt] >> text=Quem avisa os vizinhos?").wait_for()
    looks = len(cookies)
    marta.locator("#board button[name=second]").press("Enter")
    marta.locator("#board [aria-pressed=true] >> text=1").wait_for()
    assert len(cookies) == looks  # a board made a moment before would take her away again
    with marta.expect_request("**/live/state"):
        marta.clock.run_for(THREE_SECONDS)
    marta.clock.run_for(ELEVEN_SECONDS)
    assert marta.locator("#board [aria-pressed=true]").count() == 1  # hers is carried over
    assert [(row.words, row.n) for row in Question.objects.counted()] == [("Quem avisa os vizinhos?", 1)]

    moderator.goto("/es/meetings/river/live/polls/new/")
    is_good(moderator)
    moderator.fill("#id_question_es", "¿Qué falta más?")
    moderator.fill("#id_choices_es", "Dinero\nGente")
    moderator.fill("#id_question_pt", "O que mais falta?")
    moderator.fill("#id_choices_pt", "Dinheiro\nGente")
    follow(moderator.locator("button[value=open]"))
    marta.clock.run_for(ELEVEN_SECONDS)
    marta.locator("#board fieldset").wait_for()
    marta.check("#board input >> nth=1")
    marta.locator("#board fieldset button").click()
    marta.locator("[data-news] >> text=voto").wait_for()
    assert marta.input_value("#id_words") == "¿Cuánto co"
    assert Poll.objects.get().votes.get().chosen == [1]
    assert set(cookies) == {None}

    follow(moderator.locator("#board li a"))
    is_good(moderator)
    moderator.fill("#id_words", "La radio comunitaria.")
    follow(moderator.locator("button[value=answer]"))
    follow(moderator.locator("button[value=close-poll]"))
    is_good(moderator)
    ines.clock.run_for(ELEVEN_SECONDS)
    ines.locator("#board blockquote[lang=es] >> text=La radio comunitaria.").wait_for()
    assert ines.locator("#board table tr").all_inner_texts()[1:] == ["Dinheiro\t0\t0", "Gente\t1\t100"]
    is_good(ines)


def test_without_scripts_all_of_it_is_done_by_loading_pages(network, people, visit):
    ines, marta = visit(language="pt", scripts=False), visit(language="es", scripts=False)
    for page, registration, language in ((ines, people[0], "pt"), (marta, people[1], "es")):
        comes_in(page, registration, language)
    moderator = visit(language="es", scripts=False, user=network.secretary)

    ines.fill("#id_words", "Quem avisa os vizinhos?")
    follow(ines.locator("#asking button"))
    follow(marta.locator("main p > a[href='/es/meetings/river/live/']"))
    follow(marta.locator("#board button[name=second]"))
    assert marta.locator("#board [aria-pressed=true]").inner_text() == "Yo también 1"

    moderator.goto("/es/meetings/river/live/polls/new/")
    moderator.fill("#id_question_es", "¿Qué falta más?")
    moderator.fill("#id_choices_es", "Dinero\nGente")
    follow(moderator.locator("button[value=open]"))
    follow(moderator.locator("button[value=answered]"))
    follow(marta.locator("main p > a[href='/es/meetings/river/live/']"))
    marta.check("#board input >> nth=0")
    follow(marta.locator("#board fieldset button"))
    follow(moderator.locator("button[value=close-poll]"))
    follow(ines.locator("main p > a[href='/pt/meetings/river/live/']"))

    assert ines.locator("#board table tr").all_inner_texts()[1:] == ["Dinero\t1\t100", "Gente\t0\t0"]
    assert Question.objects.get().state == "answered"

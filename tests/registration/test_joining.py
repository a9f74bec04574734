"""Going into a meeting online by one's own link, on the hour and before it, with a place and without."""

import datetime as dt
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.utils import timezone, translation

from plaza.core.models import HistoryEntry
from plaza.core.personal import Whom
from plaza.mail.models import Letter
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain.online import set_online
from plaza.meetings.domain.programme import put_on_stage
from plaza.registration.domain import deciding, telling
from plaza.registration.domain.links import join_link_of, join_path_of
from plaza.registration.domain.personal import tell
from plaza.registration.models import Registration
from plaza.venues import bigbluebutton
from tests.registration.conftest import at_nine, page_of, somebody

ZOOM = "https://us02web.zoom.us/j/83112345678?pwd=hush"
OPEN = at_nine() - dt.timedelta(minutes=10)


@pytest.fixture
def ines(desk):
    row = somebody(desk, 1, name="Inês Souza", email="ines@example.org", language="pt")
    deciding.confirm_address(registration=row)
    return Registration.objects.get(pk=row.pk)


@pytest.fixture
def room(meeting, bbb, network):
    return set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, by=network.secretary)


@pytest.fixture
def link(meeting, network):
    return set_online(meeting=meeting, kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)


def path(row, spoken="en"):
    with translation.override(spoken):
        return join_path_of(row)


def words(answer):
    return " ".join(answer.content.decode().split())


def enter(answer):
    with urllib.request.urlopen(answer.context["address"]) as page:
        return page.read().decode()


def test_before_the_door_opens_the_page_says_when_in_her_zone_and_lets_nobody_in(client, ines, link):
    Registration.objects.filter(pk=ines.pk).update(zone="America/Sao_Paulo")
    page = client.get(path(ines))
    tried = client.post(path(ines))

    for answer, status in ((page, 200), (tried, 403)):
        assert answer.status_code == status
        assert "The door opens on" in words(answer)
        assert "08:45 (time of São Paulo" in words(answer)
        assert "zoom" not in words(answer)
        assert "<button>Go in" not in words(answer)
    ines.refresh_from_db()
    assert ines.joined_at is None


def test_a_link_leads_her_out_once_it_is_time_and_looking_does_nothing(client, ines, link):
    Registration.objects.update(address_confirmed_at=None)
    with time_machine.travel(OPEN):
        looked = client.get(path(ines))
        assert "zoom" not in words(looked)
        assert Registration.objects.get().joined_at is None
        first = client.post(path(ines))
        went = Registration.objects.get().joined_at
    with time_machine.travel(OPEN + dt.timedelta(minutes=5)):
        again = client.post(path(ines))

    assert [answer.context["address"] for answer in (first, again)] == [ZOOM, ZOOM]
    assert (first["Refresh"], first["Referrer-Policy"]) == (f"0; url={ZOOM}", "no-referrer")
    assert 'rel="noreferrer noopener"' in words(first)
    assert went == Registration.objects.get().joined_at
    assert HistoryEntry.objects.filter(verb="went in online").count() == 1
    assert Registration.objects.get().address_confirmed_at is not None  # nobody else has her link


def test_she_goes_into_a_room_of_ours_under_her_name_and_as_no_moderator(client, ines, room, bbb):
    with time_machine.travel(OPEN):
        answer = client.post(path(ines, "pt"), {"role": "MODERATOR"})
    seen = enter(answer)
    asked = parse_qs(urlsplit(answer.context["address"]).query)

    assert ">Inês Souza<" in seen
    assert ">VIEWER<" in seen
    assert (asked["userID"], asked["role"]) == ([str(ines.uuid)], ["VIEWER"])
    assert asked["userdata-bbb_override_default_locale"] == ["pt-BR"]


def test_who_is_on_stage_goes_in_as_a_moderator(client, desk, room, network):
    row = somebody(desk, 2, email="ana@example.org")
    session = room.meeting.sessions.first()
    put_on_stage(session=session, person=network.people["Ana Ribera"], by=None)
    roles = []
    with time_machine.travel(OPEN):
        for _ in range(2):
            roles.append(parse_qs(urlsplit(client.post(path(row)).context["address"]).query)["role"])
            Registration.objects.filter(pk=row.pk).update(person=network.people["Ana Ribera"])

    assert roles == [["VIEWER"], ["MODERATOR"]]


def test_a_header_in_a_name_goes_into_no_header(client, desk, room, bbb):
    row = somebody(desk, 3, name="Eva\r\nLocation: https://evil.example/")
    with time_machine.travel(OPEN):
        answer = client.post(path(row))

    assert "\r" not in answer["Refresh"] and "\n" not in answer["Refresh"]  # noqa: PT018  one promise
    assert "evil.example/<" in enter(answer)
    assert [each.name for each in bbb.meetings[room.room].attendees.values()] == ["Eva Location: https://evil.example/"]


def test_a_link_used_after_cancelling_is_told_so_and_lets_nobody_in(client, ines, room, bbb):
    deciding.cancel(registration=ines)
    with time_machine.travel(OPEN):
        looked, tried = client.get(path(ines)), client.post(path(ines))

    assert (looked.status_code, tried.status_code) == (200, 403)
    for answer in (looked, tried):
        assert "Your registration was cancelled, so this link lets nobody in any more." in words(answer)
    assert bbb.calls == []
    assert client.get(path(ines).replace("/join/", "0/join/")).status_code == 404


def test_who_waits_has_no_place_and_is_told_so(client, desk, link):
    rows = [somebody(desk, number) for number in range(1, 5)]
    with time_machine.travel(OPEN):
        tried = client.post(path(rows[3]))

    assert tried.status_code == 403
    assert "You have no place yet" in words(tried)
    assert "zoom" not in words(tried)


def test_after_the_end_and_where_it_is_off_nobody_is_let_in(client, ines, link):
    with time_machine.travel(at_nine() + dt.timedelta(hours=3)):
        over = client.post(path(ines))
    link.meeting.status = "cancelled"
    link.meeting.save(update_fields=["status"])
    with time_machine.travel(OPEN):
        off = client.post(path(ines))

    assert [(over.status_code, "The meeting is over." in words(over))] == [(403, True)]
    assert [(off.status_code, "does not take place now" in words(off))] == [(403, True)]


@pytest.mark.parametrize("trouble", ["slow", "down", "bomb", "unset"])
def test_a_video_server_in_trouble_is_a_clear_sentence_and_nothing_is_lost(
    client, ines, room, bbb, monkeypatch, settings, trouble
):
    settings.BIGBLUEBUTTON_URL = "" if trouble == "unset" else settings.BIGBLUEBUTTON_URL
    monkeypatch.setattr(bigbluebutton, "SECONDS", 0.2 if trouble == "slow" else 5)
    bbb.slow = 0.5 if trouble == "slow" else 0
    bbb.says = {
        "down": (503, b""),
        "bomb": (200, b'<!DOCTYPE a [<!ENTITY a "x">]><response><returncode>&a;</returncode></response>'),
    }.get(trouble)
    with time_machine.travel(OPEN):
        answer = client.post(path(ines))
        again = "<button>Go in</button>" in words(answer)
        bbb.says, bbb.slow = None, 0
        settings.BIGBLUEBUTTON_URL = bbb.url
        monkeypatch.setattr(bigbluebutton, "SECONDS", 5)
        mended = client.post(path(ines))

    assert (answer.status_code, again) == (503, True)
    assert "Nothing is lost: your place is yours. Wait a minute, then go in again." in words(answer)
    assert mended.status_code == 200
    assert Registration.objects.get().state == "confirmed"


def test_who_presses_the_button_all_the_time_is_asked_to_wait(client, ines, link):
    with time_machine.travel(OPEN):
        answers = [client.post(path(ines)).status_code for _ in range(22)]

    assert answers[:20] == [200] * 20
    assert answers[21] == 429


def test_her_page_and_the_reminder_of_an_hour_before_carry_the_way_in(client, ines, link):
    page = words(client.get(page_of(ines)))
    with time_machine.travel(at_nine() - dt.timedelta(minutes=59)):
        telling.remind_due()
    letter = Letter.objects.get(template="registration/hour")

    assert path(ines, "pt") in page
    assert "zoom" not in page
    assert join_link_of(ines) in letter.text.splitlines()
    assert "zoom" not in letter.text


def test_a_meeting_without_a_place_online_says_nothing_of_one(client, ines):
    with time_machine.travel(at_nine() - dt.timedelta(minutes=59)):
        telling.remind_due()

    assert "/join/" not in words(client.get(page_of(ines)))
    assert "/join/" not in Letter.objects.get(template="registration/hour").text
    assert "It is not said yet where the meeting happens online." in words(client.get(path(ines)))


def test_who_asks_for_her_data_is_told_when_she_went_in(ines):
    at = timezone.now()
    Registration.objects.filter(pk=ines.pk).update(joined_at=at)

    assert tell(Whom(user=None, email=ines.email, name=ines.name))[0]["went_in"] == at.isoformat()

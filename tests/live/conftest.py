"""The room of the meeting in Riberas, open; three people who have a place, and one who waits."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from plaza.live import kept_boards
from plaza.live.access import HEADER, Ticket, cookie_of
from plaza.live.domain import asking, rooms
from plaza.live.models import Question
from plaza.mail.models import Letter
from plaza.meetings.models import Meeting
from plaza.registration.domain.links import token_of
from plaza.registration.models import Registration
from tests.registration.conftest import desk, meeting, somebody  # noqa: F401  their meeting, with three places

STATE = "/es/meetings/river/live/state"
ROOM = "/es/meetings/river/live/"


@pytest.fixture(autouse=True)
def _new_process(monkeypatch):
    """And each change is seen at once."""
    kept_boards.forget()
    monkeypatch.setattr(kept_boards, "AFRESH", 0.0)


@pytest.fixture
def people(desk, network):  # noqa: F811
    """`[Inês, Marta, Jean, and Luz who waits]`."""
    names = [("Inês Souza", "pt"), ("Marta Ruiz", "es"), ("Jean Petit", "fr"), ("Luz Mora", "es")]
    cities = [network.cities["Porto Mar"], network.cities["Riberas"], None, None]
    rows = [
        somebody(desk, number, name=name, language=language, city=city)
        for number, ((name, language), city) in enumerate(zip(names, cities, strict=True))
    ]
    Letter.objects.all().delete()
    return [Registration.objects.get(pk=row.pk) for row in rows]


@pytest.fixture
def room(people, meeting, network):  # noqa: F811
    Meeting.objects.filter(pk=meeting.pk).update(date_start=meeting.starts_at, date_end=meeting.ends_at)
    return rooms.open_room(meeting=meeting, by=network.secretary)


@pytest.fixture
def other_room(network):
    """Of a meeting that is today."""
    buses, today = network.meetings["buses"], timezone.localdate()
    buses.date_start = buses.date_end = today
    buses.save()
    return rooms.open_room(meeting=buses, by=network.secretary)


@pytest.fixture
def comes(room):
    """`comes(registration)` → her browser, in the room by her link."""

    def comes(registration):
        client = Client()
        assert client.get(f"/es/registration/{token_of(registration)}/live/")["Location"] == ROOM
        assert cookie_of(room.meeting) in client.cookies
        return client

    return comes


@pytest.fixture
def asks(room):
    def asks(registration, words, language="es", **more):
        return asking.ask(room=room, asker=registration, words=words, language=language, **more)

    return asks


def ticket(registration):
    return Ticket(registration.meeting_id, registration.pk).signed()


def looks(registration, etag="", spoken="es", **headers):
    """What her browser does every ten seconds."""
    return Client().get(
        STATE.replace("/es/", f"/{spoken}/"),
        headers={HEADER: ticket(registration), **({"If-None-Match": etag} if etag else {}), **headers},
    )


def questions():
    """(words, state, how many second it), as they came."""
    return [(row.words, row.state, row.n) for row in Question.objects.counted().order_by("number")]


def at_once(times, deed):
    """What went wrong when so many do it in the same instant."""
    wrong, start = [], threading.Barrier(times)

    def run():
        start.wait()
        try:
            deed()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong

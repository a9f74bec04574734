"""What happens in a room of BigBlueButton, minute by minute, and what its server sends afterwards."""

import datetime as dt
import json
import urllib.request

import time_machine
from django.test import Client
from django.utils import timezone

from plaza.accounts.models import User
from plaza.attendance.domain import arriving
from plaza.attendance.domain.came import who_came
from plaza.attendance.models import SentReport
from plaza.files.sandbox import NotReadable
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import lead_in
from plaza.meetings.models import Meeting, OnlineVenue
from plaza.registration.domain.joining import go_in
from plaza.registration.models import Registration
from plaza.venues.venue import Guest, Role
from tests.venues.fake import SECRET
from tests.venues.fake_account import token

HERE = "/attendance/bigbluebutton"
TEN = dt.datetime(2027, 3, 10, 15, tzinfo=dt.UTC)
JSON = "application/json"


def post(url, headers, body):
    """The server's script, into this process. Its clock is today's."""
    client = Client()
    meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    told = json.loads(body)["data"]["finish"]
    with time_machine.travel(dt.datetime.fromisoformat(told) + dt.timedelta(minutes=3)):
        if "Authorization" in headers:
            meta["HTTP_AUTHORIZATION"] = f"Bearer {token({'exp': int(timezone.now().timestamp()) + 86400}, SECRET)}"
        return client.post(url.removeprefix("http://127.0.0.1"), body, content_type=JSON, **meta).status_code


def at(minute):
    return time_machine.travel(TEN + dt.timedelta(minutes=minute), tick=False)


def enter(address):
    with urllib.request.urlopen(address):
        pass


def come(email, minute):
    with at(minute):
        enter(go_in(Registration.objects.for_page().get(email=email)))


def hold(meeting, bbb):
    """Inês is there from 0 to 20 and from 30 to 60, Ana from 5 to 60, a secretary moderates, and somebody comes by a link
    of the server's own."""
    come("ines@example.org", 0)
    come("ana@riberas.example.org", 5)
    with at(5):
        row = OnlineVenue.objects.get()
        enter(lead_in(row, Guest("Sofía", f"account-{secretary()}", "es", Role.MODERATOR)))
        enter(lead_in(row, Guest("By telephone", "v_8812", "es")))
    ines = Registration.objects.get(email="ines@example.org")
    with at(20):
        bbb.leave(str(ines.uuid))
    come("ines@example.org", 30)
    return str(meeting.uuid)


def secretary():
    return User.objects.get(email__startswith="secretary").pk


def look_every_two_minutes(until, start=0):
    for minute in range(start, until + 1, 2):
        with at(minute):
            rooms.look_into_rooms()


def hold_and_look(meeting, bbb):
    """The same meeting, looked into every two minutes."""
    room = None
    for minute in range(0, 60, 2):
        if minute == 0:
            come("ines@example.org", 0)
        if minute == 6:
            come("ana@riberas.example.org", 5)
            with at(5):
                row = OnlineVenue.objects.get()
                enter(lead_in(row, Guest("Sofía", f"account-{secretary()}", "es", Role.MODERATOR)))
                enter(lead_in(row, Guest("By telephone", "v_8812", "es")))
        if minute == 20:
            with at(20):
                bbb.leave(str(Registration.objects.get(email="ines@example.org").uuid))
        if minute == 30:
            come("ines@example.org", 30)
        look_every_two_minutes(minute, minute)
        room = str(meeting.uuid)
    return room


def read():
    for row in SentReport.objects.filter(read_at__isnull=True):
        arriving.read_sent_report(row.pk)


def signed(secret=SECRET, alg="HS512", ends=3600):
    return f"Bearer {token({'exp': int(timezone.now().timestamp()) + ends}, secret, alg)}"


def account(meeting):
    """As the server would send it of this room, in an hour of today."""
    return {
        "version": "1.0",
        "meeting_id": str(meeting.uuid),
        "internal_meeting_id": "x-1",
        "data": {"attendees": [{"ext_user_id": "x", "name": "Ana", "moderator": False, "joins": [], "leaves": []}]},
    }


def minutes():
    return sorted((row.name, row.minutes, row.role) for row in who_came(Meeting.objects.get(slug="river").pk))


def broken_by(fault):
    def break_down(*args, **limits):
        raise NotReadable(fault)

    return break_down

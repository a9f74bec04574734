"""A meeting's room online: when its door is open, who opens and ends it, and how its end is noticed."""

import datetime as dt
import urllib.request
from zoneinfo import ZoneInfo

from django.utils import timezone

from plaza.accounts.models import User
from plaza.core.models import HistoryEntry
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import Door, door_of, lead_in, set_online
from plaza.meetings.models import Meeting, OnlineVenue
from plaza.venues.venue import Guest
from tests.meetings.online.story import DESK, ZOOM, now_of, open_and_enter


def test_the_door_follows_the_hours_and_the_state(meeting):
    row = set_online(meeting=meeting, kind=VenueKind.PLAIN, address=ZOOM, by=None)
    begins, ends = meeting.starts_at, meeting.ends_at
    minute = dt.timedelta(minutes=1)
    hours = (begins - 16 * minute, begins - 15 * minute, ends, ends + 29 * minute, ends + 30 * minute)

    assert [door_of(row, at) for at in hours] == [Door.NOT_YET, Door.OPEN, Door.OPEN, Door.OPEN, Door.OVER]
    stands = {}
    for status in ("draft", "cancelled", "postponed", "held", "live"):
        row.meeting.status = status
        stands[status] = door_of(row, begins)
    assert stands == {
        "draft": Door.OFF, "cancelled": Door.OFF, "postponed": Door.OFF, "held": Door.OVER, "live": Door.OPEN,
    }  # fmt: skip
    row.meeting.status, row.meeting.starts_at = "announced", None
    assert door_of(row, begins) == Door.NO_HOURS
    assert door_of(None) == Door.NONE


def test_a_secretary_goes_in_as_a_moderator_and_ends_the_room(room, bbb, desk, network):
    bbb.post = lambda *told: 200
    led = desk.post(f"{DESK}in/")
    address = led.context["address"]
    with urllib.request.urlopen(address) as page:
        assert ">MODERATOR<" in page.read().decode()
    page = desk.get(DESK).content.decode()
    desk.post(f"{DESK}end/")
    desk.post(f"{DESK}end/")

    assert led["Refresh"] == f"0; url={address}"
    assert (led["Referrer-Policy"], led["Cache-Control"]) == ("no-referrer", "no-store")
    assert f"{DESK}end/" in page
    asked = bbb.called("create")[0]
    assert asked["meta_endCallbackUrl"] == f"http://127.0.0.1/rooms/{room.meeting.uuid}/ended"
    assert asked["meta_analytics-callback-url"] == "http://127.0.0.1/attendance/bigbluebutton"
    assert len(bbb.called("end")) >= 1


def test_a_room_that_the_secretary_ended_is_opened_again_by_nobody_else(room, bbb, desk, network):
    bbb.post = lambda *told: 200
    desk.post(f"{DESK}in/")
    desk.post(f"{DESK}end/")
    closed = door_of(now_of(room))
    desk.post(f"{DESK}in/")

    assert (closed, door_of(now_of(room))) == (Door.OVER, Door.OPEN)


def test_a_small_change_opens_no_room_that_the_secretary_ended_and_another_place_does(room, network, bbb):
    hours = {"opened_at": timezone.now(), "ended_at": timezone.now(), "closed_at": timezone.now()}
    OnlineVenue.objects.update(**hours)
    Meeting.objects.filter(pk=room.meeting_id).update(starts_at=timezone.now())
    meeting = Meeting.objects.get(pk=room.meeting_id)
    set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, opens_before=30, by=network.secretary)
    small = door_of(now_of(room))
    set_online(meeting=meeting, kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)

    assert (small, door_of(now_of(room))) == (Door.OVER, Door.OPEN)


def test_a_room_that_was_ended_on_the_first_day_is_open_on_the_second(room):
    bogota = ZoneInfo("America/Bogota")
    row = now_of(room)
    row.meeting.starts_at = dt.datetime(2027, 3, 10, 9, tzinfo=bogota)
    row.meeting.ends_at = dt.datetime(2027, 3, 11, 23, 59, tzinfo=bogota)
    row.closed_at = dt.datetime(2027, 3, 10, 22, tzinfo=bogota)  # in Europe it is the second day
    hours = [dt.datetime(2027, 3, *at, tzinfo=bogota) for at in ((10, 23, 50), (11, 0, 10), (11, 9, 0))]

    assert [door_of(row, at) for at in hours] == [Door.OVER, Door.OVER, Door.OPEN]


def test_a_room_that_is_opened_long_after_the_end_lasts_some_hours(room, bbb):
    long_ago = timezone.now() - dt.timedelta(days=3)
    rows = Meeting.objects.filter(pk=room.meeting_id)
    rows.update(starts_at=long_ago, ends_at=long_ago + dt.timedelta(hours=1))
    lead_in(now_of(room), Guest("Ana", "k1", "es"))

    assert bbb.called("create")[0]["duration"] == "240"


def test_a_secretary_without_a_name_shows_her_address_to_nobody(room, bbb, desk, network):
    User.objects.filter(pk=network.secretary.pk).update(name="")
    address = desk.post(f"{DESK}in/").context["address"]

    assert "fullName=Secretar" in address
    assert "%40" not in address


def test_a_thousand_who_come_at_once_ask_the_server_for_the_room_once(room, bbb):
    for number in range(5):
        lead_in(now_of(room), Guest(f"Person {number}", f"k{number}", "es"))

    assert len(bbb.called("create")) == 1


def test_a_room_that_was_closed_is_opened_again_with_new_addresses(room, bbb):
    first = lead_in(now_of(room), Guest("Ana", "k1", "es"))
    bbb.meetings.clear()
    OnlineVenue.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=3))
    rooms.look_into_rooms()
    assert now_of(room).ended_at is not None
    bbb.clock = lambda: 2_000_000_000.0
    second = lead_in(now_of(room), Guest("Ana", "k1", "es"))

    assert "createTime=2000000000000" in second
    assert second != first
    assert now_of(room).ended_at is None
    assert HistoryEntry.objects.filter(verb="room online opened").count() == 2


def test_a_server_that_is_down_ends_no_room(room, bbb):
    open_and_enter(room, bbb)
    bbb.says = (502, b"")

    assert rooms.look_into_rooms() == 1
    assert now_of(room).ended_at is None
    Meeting.objects.filter(pk=room.meeting_id).update(
        starts_at=timezone.now() - dt.timedelta(days=2), ends_at=timezone.now() - dt.timedelta(days=1)
    )
    assert rooms.look_into_rooms() == 0
    assert now_of(room).ended_at is not None


def test_a_room_of_no_hours_is_given_up_too_where_its_server_is_gone(room, bbb):
    open_and_enter(room, bbb)
    Meeting.objects.filter(pk=room.meeting_id).update(starts_at=None, ends_at=None)
    bbb.says = (502, b"")
    lately = rooms.look_into_rooms()
    OnlineVenue.objects.update(asked_at=timezone.now() - dt.timedelta(hours=13))

    assert (lately, rooms.look_into_rooms()) == (1, 0)
    assert now_of(room).ended_at is not None


def test_the_call_that_says_it_ended_is_believed_nothing(room, bbb, client):
    open_and_enter(room, bbb)
    here = f"/rooms/{room.meeting.uuid}/ended"
    answers = [client.get(f"{here}?recordingmarks=true").status_code for _ in range(7)]

    assert answers == [204] * 5 + [429] * 2
    assert now_of(room).ended_at is None
    assert client.get("/rooms/00000000-0000-0000-0000-000000000000/ended").status_code == 404


def test_a_room_that_was_opened_after_the_look_is_not_ended_by_it(room, bbb):
    open_and_enter(room, bbb)
    looked = now_of(room)
    OnlineVenue.objects.update(asked_at=timezone.now())
    rooms.note_ended(looked)
    still_open = now_of(room).ended_at is None
    rooms.note_ended(now_of(room))

    assert (still_open, now_of(room).ended_at is not None) == (True, True)

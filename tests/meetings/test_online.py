"""A meeting's place online: set on the desk, kept from everybody else, looked into, ended, and its recording taken."""

import datetime as dt
import json
import urllib.request
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core.models import HistoryEntry
from plaza.meetings.choices import MeetingStatus, VenueKind
from plaza.meetings.domain import rooms
from plaza.meetings.domain.health import examine_video_server
from plaza.meetings.domain.online import Door, NoServer, door_of, forget_online, lead_in, set_online
from plaza.meetings.models import FoundRecording, Meeting, OnlineVenue
from plaza.venues.plain_link import NotALink
from plaza.venues.venue import Guest

ZOOM = "https://us02web.zoom.us/j/83112345678?pwd=hush"
DESK = "/es/workspace/meetings/river/online/"
ROOM = {"kind": "bigbluebutton", "address": "", "opens_before": "15", "records": "on"}


@pytest.fixture
def meeting(network):
    """It begins in five minutes."""
    found = network.meetings["river"]
    now = timezone.now()
    Meeting.objects.filter(pk=found.pk).update(
        status=MeetingStatus.ANNOUNCED,
        timezone="America/Bogota",
        starts_at=now + dt.timedelta(minutes=5),
        ends_at=now + dt.timedelta(minutes=95),
    )
    return Meeting.objects.get(pk=found.pk)


@pytest.fixture
def room(meeting, bbb, network):
    return set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, records=True, by=network.secretary)


@pytest.fixture
def desk(client, network):
    client.force_login(network.secretary)
    return client


def now_of(row):
    return OnlineVenue.objects.get(pk=row.pk)


def open_and_enter(row, bbb, name="Ana", key="k1"):
    address = lead_in(now_of(row), Guest(name, key, "es"))
    with urllib.request.urlopen(address):
        pass
    OnlineVenue.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=3))


def test_a_link_is_set_on_the_desk_and_stands_on_no_page_for_everybody(network, meeting, desk, client):
    answer = desk.post(DESK, {"kind": "plain", "address": ZOOM, "opens_before": "20"}, follow=True)
    row = OnlineVenue.objects.get()
    desk.logout()
    told = [
        client.get(address).content.decode()
        for address in (
            "/es/meetings/river/",
            "/es/meetings/river/programme/",
            "/es/meetings/river/calendar.ics",
            "/es/calendar/network.ics",
            "/es/meetings/",
        )
    ]

    assert (row.kind, row.address, row.opens_before) == ("plain", ZOOM, 20)
    assert "Zoom" in answer.content.decode()
    assert [page for page in told if "zoom" in page or "hush" in page] == []
    written = json.dumps(list(HistoryEntry.objects.values_list("verb", "details")))
    assert "place online set" in written
    assert "hush" not in written


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://zoom.us/j/1", "", "https://a:b@zoom.us/j/1"])
def test_a_link_that_is_none_is_a_sentence_beside_its_field(meeting, desk, address):
    answer = desk.post(f"/en{DESK[3:]}", {"kind": "plain", "address": address, "opens_before": "15"})

    assert answer.status_code == 422
    assert "This is not the address of a meeting: it must begin with https://." in answer.content.decode()
    assert OnlineVenue.objects.count() == 0


@pytest.mark.parametrize("minutes", ["", "-1", "241", "soon", "9" * 30])
def test_minutes_that_are_none_are_said_beside_their_field(meeting, desk, minutes):
    answer = desk.post(DESK, {"kind": "plain", "address": ZOOM, "opens_before": minutes})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["opens_before"])


def test_the_database_keeps_a_script_out_of_a_link(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineVenue.objects.create(meeting=meeting, kind="plain", address="javascript:alert(1)")
    with pytest.raises(NotALink):
        set_online(meeting=meeting, kind=VenueKind.PLAIN, address="javascript:alert(1)", by=None)


def test_without_a_server_a_room_is_not_offered_and_the_page_says_why(meeting, desk):
    page = desk.get(f"/en{DESK[3:]}").content.decode()
    answer = desk.post(DESK, ROOM)

    assert "whoever hosts Plaza has set no server for it" in page
    assert 'value="bigbluebutton"' not in page
    assert (answer.status_code, OnlineVenue.objects.count()) == (422, 0)
    with pytest.raises(NoServer):
        set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, by=None)


def test_set_again_as_it_is_nothing_is_written(meeting, network):
    for _ in range(2):
        set_online(meeting=meeting, kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)
    verbs = [entry.verb for entry in HistoryEntry.objects.filter(verb__startswith="place online")]
    forget_online(meeting=meeting, by=network.secretary)
    forget_online(meeting=meeting, by=network.secretary)

    assert verbs == ["place online set"]
    assert HistoryEntry.objects.filter(verb="place online taken away").count() == 1


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


def test_a_link_with_letters_beyond_latin_leads_out(meeting, desk, network):
    set_online(
        meeting=meeting, kind=VenueKind.PLAIN, address="https://meet.example.org/círculo-东", by=network.secretary
    )

    assert desk.post(f"{DESK}in/")["Refresh"] == "0; url=https://meet.example.org/c%C3%ADrculo-%E4%B8%9C"


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


def test_a_recording_is_found_once_and_taken_with_one_click(room, bbb, desk):
    open_and_enter(room, bbb)
    bbb.post = lambda *told: 200
    bbb.end_now(room.room)
    rooms.look_into_rooms()
    assert rooms.look_for_recordings() == 0  # the server is still making it
    address = "https://bbb.example.org/playback/presentation/2.3/x"
    bbb.publish_recording(room.room, address, minutes=57)
    assert [rooms.look_for_recordings(), rooms.look_for_recordings()] == [1, 0]
    found = FoundRecording.objects.get()
    page = desk.get(f"/en{DESK[3:]}").content.decode()
    for _ in range(2):
        desk.post(f"{DESK}recording/", {"take": found.pk})
    works = list(room.meeting.sessions.first().works.filter(kind="recording", material__url=address))

    assert address in page
    assert "57 minutes" in page
    assert len(works) == 1
    assert works[0].is_published
    assert FoundRecording.objects.get().work == works[0]


def test_a_recording_of_the_second_day_is_found_after_that_of_the_first_and_stands_with_its_own_session(
    room, bbb, desk, network
):
    bbb.post = lambda *told: 200
    meeting, now, hour = room.meeting, timezone.now(), dt.timedelta(hours=1)
    meeting.sessions.all().delete()
    days = [
        {"kind": "break", "starts_at": now + hour / 60, "ends_at": now + hour},
        {"is_cancelled": True, "starts_at": now + hour / 60, "ends_at": now + 2 * hour},
        {"starts_at": now + hour, "ends_at": now + 2 * hour},
        {"starts_at": now + 24 * hour, "ends_at": now + 25 * hour},
    ]
    for number, day in enumerate(days, 1):
        meeting.sessions.create(number=number, **day)
    found = []
    for day in (0, 1):
        bbb.over.clear()
        bbb.clock = (now + day * dt.timedelta(hours=23, minutes=45)).timestamp
        OnlineVenue.objects.update(asked_at=None)
        open_and_enter(room, bbb)
        bbb.end_now(room.room)
        rooms.look_into_rooms()
        bbb.publish_recording(room.room, f"https://bbb.example.org/r{day}")
        found.append(rooms.look_for_recordings())
    for row in FoundRecording.objects.all():
        rooms.take_recording(found=row, by=network.secretary)

    assert found == [1, 1]
    stands = meeting.sessions.order_by("number").filter(works__kind="recording")
    assert [(each.number, each.works.get().material.url) for each in stands] == [
        (3, "https://bbb.example.org/r0"), (4, "https://bbb.example.org/r1"),
    ]  # fmt: skip


def test_a_recording_of_a_programme_of_breaks_gets_a_session_of_its_own(room, network):
    room.meeting.sessions.all().delete()
    room.meeting.sessions.create(number=1, kind="break")
    found = FoundRecording.objects.create(venue=room, key="r1", address="https://bbb.example.org/r1")
    rooms.take_recording(found=found, by=network.secretary)

    assert [each.works.count() for each in room.meeting.sessions.order_by("number")] == [0, 1]


def test_a_room_that_was_opened_after_the_look_is_not_ended_by_it(room, bbb):
    open_and_enter(room, bbb)
    looked = now_of(room)
    OnlineVenue.objects.update(asked_at=timezone.now())
    rooms.note_ended(looked)
    still_open = now_of(room).ended_at is None
    rooms.note_ended(now_of(room))

    assert (still_open, now_of(room).ended_at is not None) == (True, True)


def test_a_recording_that_is_passed_over_is_offered_no_more(room, desk):
    found = FoundRecording.objects.create(venue=room, key="r1", address="https://bbb.example.org/r1", minutes=1)
    for deed in ("pass-over", "take"):
        desk.post(f"{DESK}recording/", {deed: found.pk})
    found.refresh_from_db()

    assert (found.decided_at is not None, found.work) == (True, None)
    assert "recording passed over" in list(HistoryEntry.objects.values_list("verb", flat=True))


def test_plaza_check_says_how_the_video_server_is(bbb, settings):
    sound = examine_video_server()
    settings.BIGBLUEBUTTON_SECRET = "another"
    wrong = examine_video_server()
    settings.BIGBLUEBUTTON_URL = ""

    assert [each.verdict for each in (*sound, *wrong)] == ["sound", "broken"]
    assert examine_video_server() == []

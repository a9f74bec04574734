"""Where the server sends nothing, or late: what was seen by looking into the room."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.attendance.choices import CameBy, ImportState
from plaza.attendance.domain import arriving, receiving
from plaza.attendance.models import AttendanceImport, Sighting
from plaza.files.sandbox import WhyNotReadable
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import online_venue_of
from plaza.meetings.models import OnlineVenue
from plaza.venues.venue import Present, Role
from tests.attendance.arriving.story import (
    TEN,
    at,
    broken_by,
    hold,
    hold_and_look,
    look_every_two_minutes,
    minutes,
    post,
    read,
)


def test_where_the_server_sends_nothing_what_was_seen_becomes_the_report(meeting, bbb, network):
    bbb.post = lambda *told: 500
    room = hold_and_look(meeting, bbb)
    assert set(Sighting.objects.exclude(name="").values_list("name", flat=True)) == {"By telephone"}
    with at(60):
        bbb.end_now(room)
    with at(64):
        rooms.look_into_rooms()
        assert arriving.read_what_was_seen() == 0  # the server still has time
    with at(126):
        assert [arriving.read_what_was_seen(), arriving.read_what_was_seen()] == [1, 0]
    report = AttendanceImport.objects.get()

    assert (report.came_by, report.state) == (CameBy.SEEN, ImportState.DONE)
    assert report.rows.get(name="Ana R.").person == network.people["Ana Ribera"]
    told = {name: minutes for name, minutes, _ in minutes()}
    assert told.keys() == {"Ana Ribera", "By telephone", "Inês Souza", "Sofía"}
    assert abs(told["Inês Souza"] - 50) <= 4
    assert abs(told["Ana Ribera"] - 55) <= 4
    assert Sighting.objects.count() == 0


def test_a_place_is_not_taken_away_before_who_was_in_it_is_written_down_and_a_late_report_still_comes_in(
    meeting, bbb, client, network
):
    desk = "/en/workspace/meetings/river/online/"
    plain = {"kind": "plain", "address": "https://zoom.us/j/1", "opens_before": "15"}
    client.force_login(network.secretary)
    room = hold(meeting, bbb)
    bbb.post = lambda *told: 500
    look_every_two_minutes(32, 30)

    def try_both():
        taken = client.post(desk, {"forget": "yes"}, follow=True).content.decode()
        return taken + client.post(desk, plain).content.decode()

    told = [try_both()]
    with at(60):
        bbb.end_now(room)
    with at(64):
        rooms.look_into_rooms()
    told.append(try_both())
    with at(126):
        arriving.read_what_was_seen()
    kept = OnlineVenue.objects.get().kind
    told.append(try_both())
    bbb.post = post
    status = bbb.tell(bbb.over[0])
    read()

    assert [page.count("The room is open: end it for everybody first") for page in told] == [2, 0, 0]
    assert [page.count("Who was in the room is not written down yet") for page in told] == [0, 2, 0]
    assert (kept, OnlineVenue.objects.get().kind) == (VenueKind.BIGBLUEBUTTON, VenueKind.PLAIN)
    assert (status, len(minutes())) == (200, 4)


def test_the_servers_own_account_takes_the_place_of_what_was_seen_also_when_it_is_late(meeting, bbb):
    bbb.post = lambda *told: 500
    room = hold_and_look(meeting, bbb)
    with at(60):
        bbb.end_now(room)
    with at(64):
        rooms.look_into_rooms()
    with at(126):
        arriving.read_what_was_seen()
    bbb.post = post
    bbb.tell(bbb.over[0])
    read()

    states = dict(AttendanceImport.objects.values_list("came_by", "state"))
    assert states == {CameBy.SEEN: ImportState.TAKEN_BACK, CameBy.SENT: ImportState.DONE}
    assert minutes() == [
        ("Ana Ribera", 55, "host"), ("By telephone", 55, "attendee"), ("Inês Souza", 50, "attendee"),
        ("Sofía", 55, "host"),
    ]  # fmt: skip


def test_what_was_seen_is_kept_where_its_reader_broke(meeting, monkeypatch):
    row, real = online_venue_of(meeting), receiving.read_in_sandbox
    arriving.note_present(row, [Present("v_1", "Rose", Role.VIEWER)], TEN)
    OnlineVenue.objects.update(opened_at=TEN, ended_at=TEN + dt.timedelta(hours=1))
    monkeypatch.setattr(receiving, "read_in_sandbox", broken_by(WhyNotReadable.TOO_MUCH_MEMORY))
    with at(126):
        read = [arriving.read_what_was_seen()]
        kept = Sighting.objects.count()
        monkeypatch.setattr(receiving, "read_in_sandbox", real)
        read.append(arriving.read_what_was_seen())

    assert (read, kept, Sighting.objects.count()) == ([0, 1], 1, 0)
    assert [row.name for row in AttendanceImport.objects.get().rows.all()] == ["Rose"]


def test_a_look_that_is_heard_twice_is_one_and_asks_the_same_of_three_and_of_thirty(meeting):
    row, asked = online_venue_of(meeting), []
    for number in (3, 30):
        present = [Present(f"w_{number}_{each}", f"Person {each}", Role.VIEWER) for each in range(number)]
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                arriving.note_present(row, present, TEN)
            asked.append(len(queries))

    assert asked[:2] == asked[2:]
    assert max(asked) <= 6
    assert Sighting.objects.count() == 33

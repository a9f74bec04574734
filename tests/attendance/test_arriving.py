"""Attendance that arrives by itself from BigBlueButton: what the server sends after the end, and what was seen by looking."""

import datetime as dt
import json
import urllib.request

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.accounts.models import User
from plaza.attendance import tasks
from plaza.attendance.choices import CameBy, ImportState, Match
from plaza.attendance.domain import arriving, receiving
from plaza.attendance.domain.came import who_came
from plaza.attendance.domain.personal import erase, tell
from plaza.attendance.domain.receiving import receive_report, take_back
from plaza.attendance.models import AttendanceImport, AttendanceRow, SentReport, Sighting
from plaza.core.personal import Whom
from plaza.core.personal import erase as erase_all
from plaza.directory.models import KnownAddress
from plaza.files.sandbox import NotReadable, WhyNotReadable
from plaza.meetings.choices import MeetingStatus, VenueKind
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import lead_in, online_venue_of, set_online
from plaza.meetings.models import Meeting, OnlineVenue
from plaza.registration.domain import deciding, desks
from plaza.registration.domain.joining import go_in
from plaza.registration.domain.registering import Given, register
from plaza.registration.models import Registration
from plaza.venues.venue import Guest, Present, Role
from tests import network_kept
from tests.venues.fake import analytics_of, token

HERE = "/attendance/bigbluebutton"
TEN = dt.datetime(2027, 3, 10, 15, tzinfo=dt.UTC)
JSON = "application/json"


@pytest.fixture
def network(db):
    return network_kept.network()


@pytest.fixture
def meeting(network, bbb):
    """An hour, a room of its own; Inês of nowhere we know and Ana of the directory, who is on stage, have a place."""
    found = network.meetings["river"]
    with time_machine.travel(TEN - dt.timedelta(days=1)):
        Meeting.objects.filter(pk=found.pk).update(
            status=MeetingStatus.ANNOUNCED,
            timezone="America/Guayaquil",
            starts_at=TEN,
            ends_at=TEN + dt.timedelta(hours=1),
            date_start=TEN.date(),
            date_end=TEN.date(),
        )
        found.refresh_from_db()
        set_online(meeting=found, kind=VenueKind.BIGBLUEBUTTON, by=network.secretary)
        desk = desks.open_registration(meeting=found, by=network.secretary)
        KnownAddress.objects.create(person=network.people["Ana Ribera"], email="ana@riberas.example.org")
        for name, email in (("Inês Souza", "ines@example.org"), ("Ana R.", "ana@riberas.example.org")):
            row = register(desk=desk, given=Given(name=name, email=email, language="pt"))
            deciding.confirm_address(registration=row)
    bbb.clock = lambda: timezone.now().timestamp()
    bbb.post = post
    return Meeting.objects.get(pk=found.pk)


def post(url, headers, body):
    """The server's script, into this process. Its clock is today's."""
    client = Client()
    meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    told = json.loads(body)["data"]["finish"]
    with time_machine.travel(dt.datetime.fromisoformat(told) + dt.timedelta(minutes=3)):
        if "Authorization" in headers:
            meta["HTTP_AUTHORIZATION"] = f"Bearer {token({'exp': int(timezone.now().timestamp()) + 86400}, SECRET)}"
        return client.post(url.removeprefix("http://127.0.0.1"), body, content_type=JSON, **meta).status_code


SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"


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


def test_attendance_arrives_by_itself_and_each_is_who_she_registered_as(meeting, bbb, network):
    room = hold(meeting, bbb)
    with at(60):
        status = bbb.end_now(room)
    read()
    report = AttendanceImport.objects.get()
    rows = {row.name: (row.match, row.person and row.person.name, row.email) for row in report.rows.all()}

    assert status == 200
    assert (report.format, report.came_by, report.state, report.by) == (
        "bigbluebutton", CameBy.SENT, ImportState.DONE, None,
    )  # fmt: skip
    assert rows["Ana R."] == (Match.ADDRESS, "Ana Ribera", "ana@riberas.example.org")
    assert rows["Inês Souza"] == (Match.UNKNOWN, None, "ines@example.org")
    assert rows["Sofía"][2] == network.secretary.email
    assert rows["By telephone"] == (Match.UNKNOWN, None, "")
    assert minutes() == [
        ("Ana Ribera", 55, "host"), ("By telephone", 55, "attendee"), ("Inês Souza", 50, "attendee"),
        ("Sofía", 55, "host"),
    ]  # fmt: skip
    assert report.rows_in == 5
    assert bytes(SentReport.objects.get().body) == b""


def test_who_tried_the_room_out_the_day_before_did_not_come(meeting, bbb):
    with at(-1440):
        enter(lead_in(OnlineVenue.objects.get(), Guest("Sofía", f"account-{secretary()}", "es", Role.MODERATOR)))
    with at(-1437):
        rooms.look_into_rooms()
        bbb.end_now(str(meeting.uuid))
    read()

    assert (SentReport.objects.get().read_at is not None, SentReport.objects.get().why) == (True, "")
    assert (AttendanceImport.objects.count(), Sighting.objects.count()) == (0, 0)


def test_posted_ten_times_it_is_one_report(meeting, bbb):
    room = hold(meeting, bbb)
    with at(60):
        bbb.end_now(room)
    answers = [bbb.tell(bbb.over[0]) for _ in range(9)]
    read()
    answers.append(bbb.tell(bbb.over[0]))
    read()
    for row in SentReport.objects.all():  # every task may run twice
        arriving.read_sent_report(row.pk)

    assert answers == [200] * 10
    assert (SentReport.objects.count(), AttendanceImport.objects.count()) == (1, 1)
    assert len(minutes()) == 4


def test_two_of_one_name_stay_two(meeting, bbb):
    with time_machine.travel(TEN - dt.timedelta(hours=5)):
        desk = meeting.registration_desk
        for number in (1, 2):
            register(desk=desk, given=Given(name="José Pérez", email=f"jose{number}@example.org", language="es"))
    for number in (1, 2):
        come(f"jose{number}@example.org", number * 10)
    with at(60):
        bbb.end_now(str(meeting.uuid))
    read()

    assert sorted(AttendanceRow.objects.values_list("name", "email")) == [
        ("José Pérez", "jose1@example.org"), ("José Pérez", "jose2@example.org"),
    ]  # fmt: skip
    assert [row[1] for row in minutes()] == [40, 50]


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("", 401),
        ("Bearer a.b.c", 401),
        (lambda: signed(secret="another"), 401),
        (lambda: signed(alg="none"), 401),
        (lambda: signed(alg="HS256"), 401),
        (lambda: signed(ends=-3600), 401),
        (lambda: signed(), 200),
    ],
    ids=["none", "nonsense", "wrong secret", "alg none", "another alg", "ended", "right"],
)
def test_a_report_comes_in_by_the_servers_own_token_alone(meeting, client, authorization, status):
    told = authorization() if callable(authorization) else authorization
    answer = client.post(HERE, account(meeting), content_type=JSON, HTTP_AUTHORIZATION=told)

    assert answer.status_code == status
    assert SentReport.objects.count() == (status == 200)


def test_who_tries_tokens_is_kept_waiting_and_the_server_never(meeting, client):
    wrong, right = signed(secret="another"), signed()
    tried = [client.post(HERE, {}, content_type=JSON, HTTP_AUTHORIZATION=wrong).status_code for _ in range(21)]
    sent = [client.post(HERE, {}, content_type=JSON, HTTP_AUTHORIZATION=right).status_code for _ in range(61)]

    assert tried == [401] * 20 + [429]
    assert set(sent) == {404}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[" * 100_000, 422),
        (b"\x00\xff", 422),
        (b"[]", 404),
        (b'{"meeting_id": 5}', 404),
        (b'{"meeting_id": "00000000-0000-0000-0000-000000000000"}', 404),
        (b'{"meeting_id": "%s"}' % (b"x" * 36), 404),
        (b" " * (10 * 1024 * 1024 + 1), 413),
    ],
    ids=["empty", "cut off", "deep", "binary", "a list", "a number", "unknown", "no uuid", "too large"],
)
def test_what_is_no_report_of_ours_is_refused_with_a_sentence(meeting, client, body, status):
    answer = client.post(HERE, body, content_type=JSON, HTTP_AUTHORIZATION=signed())

    assert answer.status_code == status
    assert len(answer.content) > 20
    assert SentReport.objects.count() == 0


def test_a_site_without_a_server_takes_nothing(meeting, client, settings):
    settings.BIGBLUEBUTTON_URL = ""
    answer = client.post(HERE, account(meeting), content_type=JSON, HTTP_AUTHORIZATION=signed())

    assert answer.status_code == 404
    assert client.get(HERE).status_code == 405
    assert SentReport.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"data": {"attendees": []}},
        {"data": {"attendees": "all"}},
        {"data": None},
        {"data": {"attendees": [5, None, {"name": ["Ana"]}, {"name": "", "joins": [1]}]}},
    ],
)
def test_a_report_that_names_nobody_is_told_on_the_page_and_counts_nobody(meeting, client, network, wrong):
    client.post(HERE, account(meeting) | wrong, content_type=JSON, HTTP_AUTHORIZATION=signed())
    read()
    client.force_login(network.secretary)
    page = client.get("/en/workspace/meetings/river/attendance/").content.decode()

    assert AttendanceImport.objects.count() == 0
    assert SentReport.objects.get().why
    assert "The video server sent a report that could not be read." in page


def test_odd_people_in_a_report_are_each_accounted_for(meeting, client):
    told = account(meeting)
    told["data"]["attendees"] = [
        {"ext_user_id": "a", "name": "=HYPERLINK(1)\u202e", "joins": ["2027-03-10 15:00:00 UTC"], "leaves": []},
        {"ext_user_id": "b", "name": "Late", "joins": ["tomorrow"], "leaves": ["9999-99-99"]},
        {"ext_user_id": "c", "name": "Back", "joins": ["2027-03-10T15:10:00Z"], "leaves": ["2027-03-10T15:00:00Z"]},
        {"name": None, "joins": ["2027-03-10T15:10:00Z"]},
        "nobody",
    ]
    client.post(HERE, told, content_type=JSON, HTTP_AUTHORIZATION=signed())
    read()
    report = AttendanceImport.objects.get()

    assert [row.name for row in report.rows.all()] == ["=HYPERLINK(1)", "Late", "Back"]
    assert (report.rows_in, len(report.put_aside)) == (5, 2)


def look_every_two_minutes(until, start=0):
    for minute in range(start, until + 1, 2):
        with at(minute):
            rooms.look_into_rooms()


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


def hold_and_look(meeting, bbb):
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


def test_a_report_whose_reader_broke_is_kept_and_read_when_it_is_tried_again(meeting, bbb, monkeypatch):
    room, real = hold(meeting, bbb), receiving.read_in_sandbox
    monkeypatch.setattr(receiving, "read_in_sandbox", broken_by(WhyNotReadable.BROKE))
    with at(60):
        bbb.end_now(room)
    with pytest.raises(NotReadable):
        read()
    row = SentReport.objects.get()
    kept = (row.read_at, row.why, len(row.body) > 100)
    ProcrastinateJob.objects.all().delete()  # it was tried five times
    bbb.tell(bbb.over[0])
    bbb.tell(bbb.over[0])
    queued = ProcrastinateJob.objects.filter(task_name="plaza.attendance.tasks.read_sent_report").count()
    monkeypatch.setattr(receiving, "read_in_sandbox", real)
    read()

    assert kept == (None, str(WhyNotReadable.BROKE), True)
    assert queued == 1
    assert tasks.read_sent_report.retry_strategy.max_attempts > 1
    assert (SentReport.objects.get().why, len(minutes())) == ("", 4)


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


def broken_by(fault):
    def break_down(*args, **limits):
        raise NotReadable(fault)

    return break_down


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


def test_a_report_taken_back_by_a_person_stays_taken_back_when_it_is_sent_again(meeting, bbb, network):
    room = hold(meeting, bbb)
    with at(60):
        bbb.end_now(room)
    read()
    take_back(report=AttendanceImport.objects.get(), by=network.secretary)
    bbb.tell(bbb.over[0])
    read()

    assert list(AttendanceImport.objects.values_list("state", flat=True)) == [ImportState.TAKEN_BACK]


def test_who_erases_herself_is_blanked_in_sightings_by_her_key_and_a_namesake_is_not(meeting, network):
    row, user = online_venue_of(meeting), network.member
    whom = Whom(user=user, email=user.email, name="Rose")
    mine = f"account-{user.pk}"
    arriving.note_present(row, [Present(mine, "Rose", Role.MODERATOR), Present("v_2", "Rose", Role.VIEWER)], TEN)
    Sighting.objects.filter(key=mine).update(name="Rose")  # of before we knew the key
    told = tell(whom)
    erase(whom)

    assert told == [
        {"what": "stay in a meeting", "meeting": meeting.title, "joined": TEN.isoformat(), "left": TEN.isoformat()}
    ]
    assert dict(Sighting.objects.values_list("key", "name")) == {mine: "", "v_2": "Rose"}


def ines_erases_herself(network):
    """She registered by an address of before, with the account that she has now."""
    user = network.member
    Registration.objects.filter(email="ines@example.org").update(user=user)
    erase_all(Whom(user=user, email=user.email, name=user.name))


@pytest.mark.parametrize("when", ["before it is sent", "before it is read", "after it was read"])
def test_who_erases_herself_comes_back_with_no_report_and_stays_a_number(meeting, bbb, network, when):
    room = hold(meeting, bbb)
    if when == "before it is sent":
        ines_erases_herself(network)
    with at(60):
        bbb.end_now(room)
    if when == "before it is read":
        ines_erases_herself(network)
    unread = bytes(SentReport.objects.get().body)
    read()
    if when == "after it was read":
        ines_erases_herself(network)
    rows = {(row.name, row.email) for row in AttendanceRow.objects.all()}

    assert (b"In\\u00eas" in unread) == (when != "before it is read")
    assert ("", "") in rows
    assert [row for row in rows if "Inês" in row[0] or "ines" in row[1]] == []
    assert sorted(each[1] for each in minutes()) == [50, 55, 55, 55]


def test_who_erases_herself_before_what_was_seen_is_read_stays_a_number(meeting, bbb, network):
    bbb.post = lambda *told: 500
    room = hold_and_look(meeting, bbb)
    with at(60):
        bbb.end_now(room)
    with at(64):
        rooms.look_into_rooms()
    ines_erases_herself(network)
    with at(126):
        arriving.read_what_was_seen()

    assert sorted(AttendanceRow.objects.values_list("name", flat=True)) == ["", "Ana R.", "By telephone", "Sofía"]


def test_the_same_file_brought_in_by_a_person_is_one_report(meeting, bbb, network):
    room = hold(meeting, bbb)
    bbb.post = lambda *told: 500
    with at(60):
        bbb.end_now(room)
    data = json.dumps(analytics_of(bbb.over[0])).encode()
    report = receive_report(meeting=meeting, data=data, name="data.json", by=network.secretary)

    assert report.came_by == CameBy.FILE
    bbb.post = post
    bbb.tell(bbb.over[0])
    read()
    assert AttendanceImport.objects.get() == report
    assert len(minutes()) == 4

"""Attendance that arrives by itself: what a BigBlueButton server sends after the end."""

import datetime as dt
import json

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.attendance import tasks
from plaza.attendance.choices import CameBy, ImportState, Match
from plaza.attendance.domain import arriving, receiving
from plaza.attendance.domain.receiving import receive_report, take_back
from plaza.attendance.models import AttendanceImport, AttendanceRow, SentReport, Sighting
from plaza.files.sandbox import NotReadable, WhyNotReadable
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import lead_in
from plaza.meetings.models import OnlineVenue
from plaza.registration.domain.registering import Given, register
from plaza.venues.venue import Guest, Role
from tests.attendance.arriving.story import (
    HERE,
    JSON,
    TEN,
    account,
    at,
    broken_by,
    come,
    enter,
    hold,
    minutes,
    post,
    read,
    secretary,
    signed,
)
from tests.venues.fake_account import analytics_of


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


def test_a_report_taken_back_by_a_person_stays_taken_back_when_it_is_sent_again(meeting, bbb, network):
    room = hold(meeting, bbb)
    with at(60):
        bbb.end_now(room)
    read()
    take_back(report=AttendanceImport.objects.get(), by=network.secretary)
    bbb.tell(bbb.over[0])
    read()

    assert list(AttendanceImport.objects.values_list("state", flat=True)) == [ImportState.TAKEN_BACK]


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

"""The recording of a room online: found, offered to the secretariat, taken with one click."""

import datetime as dt

from django.utils import timezone

from plaza.core.models import HistoryEntry
from plaza.meetings.domain import rooms
from plaza.meetings.models import FoundRecording, OnlineVenue
from tests.meetings.online.story import DESK, open_and_enter


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


def test_a_recording_that_is_passed_over_is_offered_no_more(room, desk):
    found = FoundRecording.objects.create(venue=room, key="r1", address="https://bbb.example.org/r1", minutes=1)
    for deed in ("pass-over", "take"):
        desk.post(f"{DESK}recording/", {deed: found.pk})
    found.refresh_from_db()

    assert (found.decided_at is not None, found.work) == (True, None)
    assert "recording passed over" in list(HistoryEntry.objects.values_list("verb", flat=True))

"""Who erases herself stays a number in what arrives by itself, before and after it is read."""

import pytest

from plaza.attendance.domain import arriving
from plaza.attendance.domain.personal import erase, tell
from plaza.attendance.models import AttendanceRow, SentReport, Sighting
from plaza.core.personal import Whom
from plaza.core.personal import erase as erase_all
from plaza.meetings.domain import rooms
from plaza.meetings.domain.online import online_venue_of
from plaza.registration.models import Registration
from plaza.venues.venue import Present, Role
from tests.attendance.arriving.story import TEN, at, hold, hold_and_look, minutes, read


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

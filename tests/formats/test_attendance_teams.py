"""Reports of Microsoft Teams: who was there, when, and how long."""

import pytest

from plaza.formats.attendance import as_json, read
from tests.formats.attendance_reports import people, report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_the_first_report_of_teams_pairs_joining_and_leaving(encoding):
    document = report("teams_v1_en.csv", encoding)

    assert document["format"] == "teams-v1"
    assert people(document, "name", "minutes", "intervals", "rows") == [
        ("Ana Ribera", 60, [["2026-06-19T10:00:12", "2026-06-19T11:00:12"]], [2, 5, 6, 7]),
        ("Luis Prado", 40, [["2026-06-19T10:00:12", "2026-06-19T10:40:12"]], [3, 4]),
        ("João Mar", None, [["2026-06-19T10:30:00", None]], [8]),
    ]  # fmt: skip
    assert document["people"][2]["entries"][0]["notes"] == ["no time of leaving"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
def test_the_second_report_of_teams_tells_a_persons_stays_in_another_section_than_her_address(encoding):
    document = report("teams_v2_es.csv", encoding)

    assert (document["format"], document["language"], document["meeting"]["title"]) == (
        "teams-v2",
        "es",
        "Taller de finanzas",
    )
    assert people(document, "name", "email", "role", "guest", "minutes", "rows") == [
        ("Ribera, Ana", "ana@ribera.example.org", "host", None, 73, [11, 17]),
        ("Luis Prado (Invitado)", None, "attendee", True, 35, [12, 18, 19]),
        ("João Mar", "joao@mar.example.org", "panelist", None, 30, [13]),
    ]  # fmt: skip
    assert document["people"][1]["intervals"] == [
        ["2025-11-26T16:30:00", "2025-11-26T16:50:00"], ["2025-11-26T16:55:00", "2025-11-26T17:10:00"],
    ]  # fmt: skip


def test_a_report_of_teams_in_a_language_nobody_told_us_is_read_by_its_numbered_sections():
    document = report("teams_v2_unknown_language.csv")

    assert (document["format"], document["meeting"]["title"], document["meeting"]["ended"]) == (
        "teams-v2", "Werkstatt", "2025-11-26T17:30:11",
    )  # fmt: skip
    assert people(document, "name", "email", "minutes") == [("Ribera, Ana", "ana@ribera.example.org", 73)]


def test_a_report_of_teams_without_numbers_is_read():
    data = (
        b"Meeting Summary\nTotal Number of Participants\t1\nMeeting Title\tShade\nMeeting Start Time\t6/19/2026, 9:55:00 AM\n\n"
        b"Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
        b"Rose Hill\t6/19/2026, 10:00:00 AM\t6/19/2026, 10:30:00 AM\t30m\t\tPresenter\trose@hill.example.org\n"
    )

    document = as_json(read(data))
    assert (document["format"], document["meeting"]["title"], document["meeting"]["participants"]) == (
        "teams-v2",
        "Shade",
        1,
    )
    assert people(document, "name", "email", "role", "minutes") == [
        ("Rose Hill", "rose@hill.example.org", "panelist", 30)
    ]


def test_a_live_event_of_teams_says_its_times_in_utc():
    data = (
        b"SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
        b"1,rose@hill.example.org,Rose Hill,Chrome,6/19/2026 3:00:00 PM,Joined,Attendee\n"
        b"1,rose@hill.example.org,Rose Hill,Chrome,6/19/2026 4:00:00 PM,Left,Attendee\n"
    )

    document = as_json(read(data))
    assert document["meeting"]["time_zone"] == "UTC"
    assert people(document, "email", "intervals") == [
        ("rose@hill.example.org", [["2026-06-19T15:00:00+00:00", "2026-06-19T16:00:00+00:00"]])
    ]


def test_a_stay_of_teams_without_an_address_is_nobodys_where_two_bear_the_name():
    data = (
        b"2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
        b"Ana\t6/19/26, 10:00\t6/19/26, 11:00\t1h\tana@ribera.example.org\tAttendee\n"
        b"Ana\t6/19/26, 10:20\t6/19/26, 10:30\t10m\t\tAttendee\n"
        b"3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        b"Ana\t6/19/26, 10:20\t6/19/26, 10:30\t10m\t\tAttendee\n"
    )

    assert people(as_json(read(data)), "email", "minutes", "rows") == [
        ("ana@ribera.example.org", 60, [3]), (None, 10, [4, 7]),
    ]  # fmt: skip


def test_an_action_of_teams_that_nobody_told_us_is_kept_and_said_so():
    data = b"Full Name\tUser Action\tTimestamp\nAna Ribera\tBeigetreten\t6/19/2026, 10:00:12 AM\n"

    (ana,) = as_json(read(data))["people"]
    assert (ana["attended"], ana["minutes"], ana["details"]) == (True, None, {"User Action": "Beigetreten"})
    assert ana["entries"][0]["notes"] == ["an action that is not known"]

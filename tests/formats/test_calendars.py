"""Calendars of other programs: each event is read, or put aside with the reason."""

from pathlib import Path

import pytest

from plaza.formats.calendars import as_json, read
from tests.formats.test_calendars_hostile import calendar, event, only

OWN = Path(__file__).parent / "calendars" / "network_es.ics"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats"
# Name → events, put aside.
CALENDARS = {
    "calendar_vtimezone_es.ics": (3, 0),
    "ics/america_new_york.ics": (1, 0),
    "ics/big_bad_calendar.ics": (0, 20),
    "ics/event_with_recurrence_exdates_on_different_lines.ics": (1, 0),
    "ics/issue_156_RDATE_with_PERIOD_TZID_khal.ics": (1, 0),
    "ics/issue_218_bad_tzid.ics": (1, 0),
    "ics/issue_350.ics": (1, 0),
    "ics/issue_53_description_parsed_properly.ics": (1, 0),
    "ics/issue_722_missing_timezones.ics": (1, 2),
    "ics/multiple_timezones.ics": (3, 0),
    "ics/rfc_7986_conferences.ics": (0, 1),
    "ics/timezoned.ics": (1, 0),
    "ics/x_location.ics": (1, 0),
}


def test_a_calendar_of_a_network_is_read_whole():
    document = as_json(read(OWN.read_bytes()))
    workshop, series, moved, summit = document["events"]

    assert (document["name"], document["method"], document["time_zone"]) == (
        "Reuniones de la red", "PUBLISH", "America/Bogota",
    )  # fmt: skip
    assert {
        key: workshop[key] for key in ("title", "description", "languages", "place", "status", "sequence", "url")
    } == {
        "title": "Taller: sirenas y barrios, primera parte",
        "description": "Lo que costó.\nLo que no haríamos de nuevo; y por qué.",
        "languages": ["es"],
        "place": "Casa del Río",
        "status": "confirmed",
        "sequence": 3,
        "url": "https://example.org/taller",
    }
    assert (workshop["organiser"], workshop["categories"]) == (
        {"name": "Secretaría, Red", "email": "red@example.org"}, ["agua", "barrios"],
    )  # fmt: skip
    # Told by the rules in the file: a day before the clocks are changed there.
    assert (workshop["start"], workshop["starts_at"], workshop["zone"], workshop["zone_said"]) == (
        "2026-09-05T10:00:00", "2026-09-05T14:00:00Z", None, "Hora de aquí",
    )  # fmt: skip
    assert [each["start"] for each in series["occurrences"]] == ["2026-09-10T09:00:00", "2026-10-01T09:00:00"]
    assert (series["zone"], series["occurrences"][1]["ends_at"]) == ("America/Bogota", "2026-10-01T15:30:00Z")
    assert (moved["start"], moved["instead_of"]) == ("2026-09-25T15:00:00", "2026-09-24T09:00:00")
    assert (summit["start"], summit["end"], summit["all_day"], summit["status"]) == (
        "2026-10-14", "2026-10-16", True, "cancelled",
    )  # fmt: skip
    assert (document["events_in"], document["left_out"]) == (4, 0)
    assert [(each["what"], each["text"], each["why"]) for each in document["put_aside"]] == [
        ("VTODO", "Comprar café", "no event: a task, a journal or free time")
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="the samples of ../shared are not here")
@pytest.mark.parametrize("name", CALENDARS)
def test_a_calendar_is_read_with_no_event_unaccounted_for(name):
    document = as_json(read((SHARED / name).read_bytes()))

    aside = sum(each["what"] == "VEVENT" for each in document["put_aside"])
    assert (len(document["events"]), aside) == CALENDARS[name]
    assert document["events_in"] == len(document["events"]) + aside + document["left_out"]


@pytest.mark.parametrize(
    ("told", "zone", "at"),
    [
        ("DTSTART;TZID=SA Pacific Standard Time:20260910T090000", "America/Bogota", "2026-09-10T14:00:00Z"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/America/Lima:20260910T090000", "America/Lima", "2026-09-10T14:00:00Z"),
        ("DTSTART;TZID=america/sao_paulo:20260910T090000", "America/Sao_Paulo", "2026-09-10T12:00:00Z"),
        ('DTSTART;TZID="(UTC-05:00) Bogotá, Lima, Quito":20260910T090000', None, "2026-09-10T14:00:00Z"),
        ("DTSTART:20260910T090000Z", "UTC", "2026-09-10T09:00:00Z"),
        ("DTSTART:20260910T090000", None, None),
        ("DTSTART;TZID=../../etc/passwd:20260910T090000", None, None),
        ("DTSTART;TZID=Mars/Olympus:20260910T090000", None, None),
    ],
)
def test_windows_names_paths_offsets_and_names_nobody_knows(told, zone, at):
    found = only(calendar(event(told)))

    assert (found["start"], found["zone"], found["starts_at"]) == ("2026-09-10T09:00:00", zone, at)


def test_a_zone_that_the_file_names_and_does_not_explain_is_noted_and_not_guessed():
    missing = only(calendar(event("DTSTART;TZID=Hora de aquí:20260910T090000")))

    assert (missing["starts_at"], missing["notes"]) == (None, ["nobody knows its time zone"])


@pytest.mark.parametrize(
    ("hour", "at", "note"),
    [
        ("20260906T003000", "2026-09-06T04:30:00Z", "the clocks skip its hour on that day"),
        ("20260404T233000", "2026-04-05T02:30:00Z", "its hour passes twice on that day"),
    ],
)
def test_an_hour_that_the_clocks_skip_or_pass_twice_is_noted(hour, at, note):
    found = only(calendar(event(f"DTSTART;TZID=America/Santiago:{hour}")))

    assert (found["starts_at"], found["notes"]) == (at, [note])


def test_added_dates_may_be_periods_with_an_end_of_their_own():
    found = only(
        calendar(
            event(
                "DTSTART;TZID=America/Lima:20260910T090000", "DTEND;TZID=America/Lima:20260910T100000",
                "RDATE;VALUE=PERIOD;TZID=America/Lima:20260912T090000/PT2H,20260913T090000/20260913T093000",
                "RDATE;VALUE=PERIOD:20260914T140000Z/PT45M",
            )
        )
    )  # fmt: skip

    assert [(each["start"], each["end"][11:16]) for each in found["occurrences"]] == [
        ("2026-09-10T09:00:00", "10:00"),
        ("2026-09-12T09:00:00", "11:00"),
        ("2026-09-13T09:00:00", "09:30"),
        ("2026-09-14T09:00:00", "09:45"),
    ]


def test_of_an_event_that_stands_there_twice_the_newer_is_read():
    lines = [event("UID:a", "SEQUENCE:2", "SUMMARY:Nueva"), event("UID:a", "SEQUENCE:1", "SUMMARY:Vieja")]
    for order in (lines, lines[::-1]):
        document = as_json(read(calendar(*order)))
        assert ([each["title"] for each in document["events"]], len(document["put_aside"])) == (["Nueva"], 1)


def test_an_exception_that_is_told_by_utc_takes_the_place_of_its_occurrence_by_the_clocks_of_what_recurs():
    weekly = event("UID:serie", "DTSTART;TZID=America/Bogota:20260910T190000", "RRULE:FREQ=WEEKLY;COUNT=3")
    other = event("UID:serie", "RECURRENCE-ID:20260918T000000Z", "DTSTART:20260919T000000Z")

    first, second = as_json(read(calendar(weekly, other)))["events"]

    assert [each["start"] for each in first["occurrences"]] == ["2026-09-10T19:00:00", "2026-09-24T19:00:00"]
    assert second["instead_of"] == "2026-09-17T19:00:00"


def test_an_end_in_another_zone_ends_at_that_instant():
    found = only(
        calendar(
            event("DTSTART;TZID=America/New_York:20140829T080000", "DTEND;TZID=America/Los_Angeles:20140829T080000")
        )
    )

    assert (found["end"], found["ends_at"]) == ("2014-08-29T11:00:00", "2014-08-29T15:00:00Z")


def test_an_event_that_ends_before_it_starts_has_no_end():
    found = only(calendar(event("DTSTART:20260910T090000Z", "DTEND:20260910T080000Z")))

    assert (found["end"], found["notes"]) == (None, ["it ends before it starts: its end was left out"])

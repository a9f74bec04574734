"""Lines of iCalendar that are written here are what the library reads."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaza.meetings.domain.calendar_lines import folded, hour, joined, parameter, text, zone_lines

# What cannot stand in a calendar, and what some readers take for the end of a line.
ODD = {*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029} - {0x0A}
WORDS = st.text(st.characters(codec="utf-8"), max_size=300)


def as_kept(said: str) -> str:
    return "".join(
        mark if ord(mark) not in ODD or mark == "\t" else " " if ord(mark) in (11, 12, 0x85, 0x2028, 0x2029) else ""
        for mark in said
    )


def read(*lines: str) -> icalendar.Event:
    body = joined(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(body).events
    assert event.errors == []
    return event


@given(WORDS, WORDS)
def test_any_words_come_back_as_they_were_and_write_no_line_of_their_own(said, name):
    event = read(folded(f"ORGANIZER;CN={parameter(name)}:mailto:a@example.org"), folded(f"SUMMARY:{text(said)}"))

    assert str(event["summary"]) == as_kept(said)
    assert sorted(event) == ["ORGANIZER", "SUMMARY"]


@pytest.mark.parametrize("zone", ["America/Santiago", "America/Bogota", "Europe/Lisbon", "America/Asuncion"])
def test_a_zone_says_the_same_hours_as_the_clocks_there(zone):
    """Another reader, which knows of the zone nothing but its lines."""
    rules = icalendar.Timezone.from_ical(zone_lines(zone, 2025, 2027)).to_tz(lookup_tzid=False)
    there = ZoneInfo(zone)

    for day in range(0, 3 * 365, 5):
        wall = dt.datetime(2025, 1, 1, 15) + dt.timedelta(days=day)  # noqa: DTZ001  a wall clock
        assert wall.replace(tzinfo=rules).utcoffset() == wall.replace(tzinfo=there).utcoffset(), wall


def test_of_an_hour_that_passes_twice_each_is_read_as_the_instant_it_is():
    there = ZoneInfo("America/Santiago")  # the clocks go back at midnight of 3 April 2027
    first, second = (dt.datetime(2027, 4, 4, at, 30, tzinfo=dt.UTC) for at in (2, 3))
    told = [hour("DTSTART", each, there, "America/Santiago") for each in (first, second)]

    assert told == ["DTSTART;TZID=America/Santiago:20270403T233000", "DTSTART:20270404T033000Z"]
    assert [read(each)["dtstart"].dt.astimezone(dt.UTC) for each in told] == [first, second]


def test_an_hour_of_utc_needs_no_zone():
    at = dt.datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("America/Lima"))

    assert hour("DTSTART", at, dt.UTC, "") == "DTSTART:20260701T140000Z"

"""Rules of recurrence say what another reader says; dirt of every kind is read without harm."""

import datetime as dt
import itertools

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plaza.formats.calendars import NotACalendar, as_json, read
from plaza.formats.calendars.recurring import Budget, days_of, rule_of

NUMBERS = {
    "BYMONTH": range(1, 13),
    "BYMONTHDAY": (*range(1, 32), -1, -2, -31),
    "BYYEARDAY": (1, 60, 200, 366, -1, -366),
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = {"FREQ": frequency, "INTERVAL": draw(st.integers(1, 4))}
    # Others are not allowed together (RFC 5545, 3.3.10).
    days = {"BYMONTH", "BYMONTHDAY"}
    allowed = {"YEARLY": set(NUMBERS), "MONTHLY": days, "WEEKLY": {"BYMONTH"}, "DAILY": days}[frequency]
    for name in sorted(allowed):
        if draw(st.booleans()):
            parts[name] = ",".join(map(str, draw(st.lists(st.sampled_from(NUMBERS[name]), min_size=1, max_size=3))))
    if draw(st.booleans()):
        # Of `MO,1MO` the other reader takes what both mean, the standard what either does.
        may_be_placed = frequency in ("MONTHLY", "YEARLY") and "BYYEARDAY" not in parts
        places = ["1", "2", "-1", "5"] if may_be_placed and draw(st.booleans()) else [""]
        days = st.tuples(st.sampled_from(places), st.sampled_from(DAYS)).map("".join)
        parts["BYDAY"] = ",".join(draw(st.lists(days, min_size=1, max_size=3)))
    if frequency == "WEEKLY":
        parts["WKST"] = draw(st.sampled_from(DAYS))
    if len(parts) > 2 and draw(st.booleans()):
        parts["BYSETPOS"] = draw(st.sampled_from([1, 2, -1]))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(max_examples=50, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(rules(), st.dates(dt.date(2020, 1, 1), dt.date(2027, 12, 31)))
def test_a_rule_means_the_days_that_another_reader_finds(rule, start):
    if "WKST" in rule and "BYSETPOS" in rule:
        # The other reader begins the first week at the start; the set of a week begins at its first day (3.3.10).
        start -= dt.timedelta(days=(start.weekday() - rule_of(rule).begins_on) % 7)
    last = start + dt.timedelta(days=4 * 366)
    until = f"{rule};UNTIL={last:%Y%m%d}T090000"
    theirs = rrulestr(until, dtstart=dt.datetime.combine(start, dt.time(9)))

    found = list(itertools.islice(days_of(rule_of(rule), start, last, Budget(10**6)), 25))

    assert found == [at.date() for at in itertools.islice(theirs, 25)]


def test_the_places_of_a_week_are_counted_from_its_first_day_though_the_start_is_later():
    monday = dt.date(2024, 5, 27)
    rule = rule_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=WE;BYSETPOS=1")

    found = list(days_of(rule, monday, monday + dt.timedelta(days=30), Budget(1000)))

    # The week of the start begins on Wednesday the 22nd: that is its first day of two.
    assert found == [dt.date(2024, 6, 5), dt.date(2024, 6, 19)]


LINES = st.one_of(
    st.sampled_from(
        [
            "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
            "BEGIN:STANDARD", "END:STANDARD", "TZID:X", "TZOFFSETTO:-0500", "DTSTART;TZID=X:20260910T090000",
            "DTSTART;VALUE=DATE:20260910", "DTEND;TZID=America/Lima:20260910T090000", "RRULE:FREQ=MONTHLY;BYDAY=-1SU",
            "EXDATE;VALUE=DATE:20260910", "RECURRENCE-ID:20260910T090000Z", "UID:a", "DURATION:-P1W", " folded", "\tfolded",
        ]
    ),
    st.text(max_size=40),
    st.tuples(st.sampled_from(["RRULE:", "RDATE:", "DTSTART:", "DURATION:", "DTSTART;TZID="]), st.text(max_size=30)).map("".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["utf-8", "utf-16", "cp1252"]), st.sampled_from(["\r\n", "\n"]))
def test_whatever_a_calendar_holds_each_event_is_accounted_for(lines, encoding, ends):
    body = ends.join(["BEGIN:VEVENT", *lines, "END:VEVENT", "BEGIN:VEVENT", "DTSTART:20260910T090000Z", "END:VEVENT"])
    try:
        document = as_json(read(body.encode(encoding, "replace")))
    except NotACalendar:
        pytest.fail("there is an event in it")

    aside = sum(each["what"] == "VEVENT" for each in document["put_aside"])
    assert document["events_in"] == len(document["events"]) + aside
    for each in document["events"]:
        assert len(each["start"]) in (10, 19)
        assert each["starts_at"] is None or each["starts_at"].endswith("Z")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data):
    try:
        read(data)
    except NotACalendar:
        return

"""Calendars that want to take time, memory or the reader's good faith."""

import datetime as dt
import resource
import time

import pytest

from plaza.files.sandbox import read_in_sandbox
from plaza.formats.calendars import MOST_BYTES, MOST_EVENTS, MOST_OCCURRENCES, NotACalendar, WhyNot, as_json, read

START = "DTSTART;TZID=America/Bogota:20260910T090000"
# Of a machine that others use too; a reader without a measure would take minutes.
SECONDS = 8


def event(*lines: str) -> str:
    """With a title and a start, where it is not told otherwise."""
    given = list(lines)
    if not any(line.startswith("DTSTART") for line in given):
        given.append(START)
    if not any(line.startswith("SUMMARY") for line in given):
        given.append("SUMMARY:Foro")
    return "\r\n".join(["BEGIN:VEVENT", *given, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


def only(data: bytes) -> dict:
    (found,) = as_json(read(data))["events"]
    return found


@pytest.fixture
def quickly():
    begun = time.process_time()
    yield
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    ("rule", "times", "left_out", "note"),
    [
        ("FREQ=SECONDLY", 1, None, "it recurs more than once a day: only its first time was taken"),
        ("FREQ=SECONDLY;COUNT=1000000", 1, 999_999, "it recurs more than once a day: only its first time was taken"),
        ("FREQ=MINUTELY;UNTIL=20460910T140000Z", 1, 10_519_200, "it recurs more than once a day: only its first time was taken"),
        ("FREQ=DAILY;COUNT=7300", MOST_OCCURRENCES, 7300 - MOST_OCCURRENCES, "it recurs further than was looked for"),
        ("FREQ=WEEKLY;UNTIL=20460910T140000Z", MOST_OCCURRENCES, 678, "it recurs further than was looked for"),
        ("FREQ=DAILY", MOST_OCCURRENCES, None, "it recurs further than was looked for"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1, None, "it recurs further than was looked for"),
        ("FREQ=DAILY;COUNT=999999999", MOST_OCCURRENCES, None, "it recurs further than was looked for"),
        ("FREQ=FORTNIGHTLY", 1, None, "how it recurs cannot be read"),
        ("FREQ=WEEKLY;INTERVAL=0", 1, None, "how it recurs cannot be read"),
        ("FREQ=WEEKLY;BYDAY=XX", 1, None, "how it recurs cannot be read"),
        ("x" * 100_000, 1, None, "how it recurs cannot be read"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
@pytest.mark.usefixtures("quickly")
def test_twenty_years_of_recurrences_are_read_so_far_and_it_is_said_how_many_are_beyond(rule, times, left_out, note):
    found = only(calendar(event(f"RRULE:{rule}")))

    assert (len(found["occurrences"]), found["left_out"], note in found["notes"]) == (times, left_out, True)


@pytest.mark.usefixtures("quickly")
def test_twenty_years_of_weeks_with_thousands_of_exceptions_leave_what_was_not_taken_away():
    first = dt.date(2026, 9, 10)
    gone = [first + dt.timedelta(weeks=week) for week in range(1040) if week % 10]
    lines = [f"EXDATE;TZID=America/Bogota:{day:%Y%m%d}T090000" for day in gone]
    found = only(calendar(event("RRULE:FREQ=WEEKLY;COUNT=1040", *lines, *lines, *lines)))

    assert (len(found["occurrences"]), found["left_out"]) == (104, 0)
    assert found["occurrences"][1]["start"] == "2026-11-19T09:00:00"


@pytest.mark.usefixtures("quickly")
def test_a_thousand_events_that_recur_for_ever_share_one_measure():
    document = as_json(read(calendar(*(event(f"UID:{number}", "RRULE:FREQ=DAILY") for number in range(1000)))))

    assert len(document["events"]) == 1000
    assert 5000 <= sum(len(each["occurrences"]) for each in document["events"]) <= 6000


@pytest.mark.usefixtures("quickly")
def test_thousands_of_hours_in_a_zone_that_the_file_explains_share_its_years():
    twice_a_year = [
        "BEGIN:STANDARD", "DTSTART:19700405T000000", "TZOFFSETFROM:-0300", "TZOFFSETTO:-0400",
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:19700906T000000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0300",
        "RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1SU", "END:DAYLIGHT",
    ]  # fmt: skip
    zone = ["BEGIN:VTIMEZONE", "TZID:Aquí", *twice_a_year * 10, "END:VTIMEZONE"]
    daily = ("DTSTART;TZID=Aquí:20260910T090000", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=366")
    found = as_json(read(calendar(*zone, *(event(f"UID:{number}", *daily) for number in range(13)))))["events"]

    assert sum(len(each["occurrences"]) for each in found) == 13 * 366
    assert (found[0]["occurrences"][0]["starts_at"], found[0]["occurrences"][300]["starts_at"]) == (
        "2026-09-10T12:00:00Z",
        "2027-07-07T13:00:00Z",
    )


@pytest.mark.usefixtures("quickly")
def test_a_thousand_rules_that_never_come_true_share_one_measure():
    never = (event(f"UID:{number}", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for number in range(1000))

    assert {each["left_out"] for each in as_json(read(calendar(*never)))["events"]} == {None}


@pytest.mark.parametrize(
    "line",
    [
        "SUMMARY:" + "ñ" * 2_500_000,
        "x" * 5_000_000,
        "DTSTART" + ";X=1" * 1_250_000 + ":20260910T090000",
        'SUMMARY;CN="' + "a" * 5_000_000,
        "EXDATE:" + "20260910T090000," * 320_000,
        "DESCRIPTION:" + "\\n" * 2_500_000,
    ],
    ids=["a title", "no colon", "parameters", "a quote never closed", "dates", "escapes"],
)
@pytest.mark.usefixtures("quickly")
def test_a_line_of_five_megabytes_is_cut_or_put_aside(line):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = as_json(read(calendar(event(line), event("UID:other"))))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    assert "other" in [each["uid"] for each in document["events"]]
    assert all(len(each["title"] or "") <= 500 for each in document["events"])
    assert grown < 300


@pytest.mark.usefixtures("quickly")
def test_more_events_than_are_read_are_counted():
    document = as_json(read(calendar(*(event(f"UID:{number}") for number in range(MOST_EVENTS + 77)))))

    assert (len(document["events"]), document["left_out"], document["events_in"]) == (MOST_EVENTS, 77, MOST_EVENTS + 77)


@pytest.mark.usefixtures("quickly")
def test_things_within_things_without_end_are_put_aside():
    deep = "BEGIN:VEVENT\r\n" * 100_000
    document = as_json(read(calendar(event("UID:kept"), deep)))

    assert [each["uid"] for each in document["events"]] == ["kept"]
    assert document["more_put_aside"] > 90_000


def test_a_letter_of_utf8_that_was_folded_in_two_is_whole_again():
    folded = calendar(event("SUMMARY:Años de ríos")).replace("ñ".encode(), b"\xc3\r\n \xb1")

    assert only(folded)["title"] == "Años de ríos"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_calendar_in_another_encoding_is_read(encoding):
    data = calendar(event("SUMMARY:Años de ríos\r\n  y barrios")).decode().encode(encoding)

    assert only(data)["title"] == "Años de ríos y barrios"


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\r\n"])
def test_lines_may_end_in_any_way(ends):
    assert only(calendar(event("SUMMARY:Fo\r\n ro")).decode().replace("\r\n", ends).encode())["title"] == "Foro"


def test_nul_bytes_and_marks_that_nobody_sees_are_left_out():
    data = calendar(event("SUMMARY:Fo\0ro \x07de\u202e ríos"))

    assert only(data)["title"] == "Foro de ríos"


def test_a_title_cannot_bring_lines_of_its_own():
    found = only(calendar(event("SUMMARY:Foro\\nBEGIN:VEVENT\\r\\nATTACH:x")))

    assert "\n" not in found["title"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("URL:javascript:alert(1)", ("url", None)),
        ("URL:https://example.org/a b", ("url", None)),
        ("STATUS:<b>", ("status", None)),
        ("SEQUENCE:-9", ("sequence", 0)),
        ("DTEND:99999999T999999Z", ("end", None)),
        ("DURATION:P99999D", ("start", "2026-09-10T09:00:00")),
        ("DTSTART:99991231T235959Z", ("start", "9999-12-31T23:59:59")),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000", ("starts_at", None)),
        ("RDATE:99991231T235959Z/P9999W", ("recurs", True)),
    ],
)
def test_a_value_that_cannot_be_is_none(line, kept):
    assert only(calendar(event(line)))[kept[0]] == kept[1]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", WhyNot.NO_CALENDAR),
        (b"PK\x03\x04" + b"\0" * 500, WhyNot.NO_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", WhyNot.NO_CALENDAR),
        (b"x" * (MOST_BYTES + 1), WhyNot.TOO_LARGE),
    ],
    ids=["nothing", "a zip", "no event", "too large"],
)
def test_another_file_is_no_calendar(data, why):
    with pytest.raises(NotACalendar) as caught:
        read(data)

    assert caught.value.why == why


def test_a_file_that_ends_within_an_event_says_so():
    document = as_json(read(calendar(event("UID:whole"), event("UID:half")).rpartition(b"END:VEVENT")[0]))

    assert [each["uid"] for each in document["events"]] == ["whole"]
    assert [each["why"] for each in document["put_aside"]] == ["the file ends within it"]


def test_the_largest_calendar_that_is_read_fits_into_the_sandbox():
    data = calendar(*(event(f"UID:{number}", "RRULE:FREQ=DAILY") for number in range(70_000)))

    document = read_in_sandbox("calendar", data[: MOST_BYTES - 1], seconds=60, megabytes=1024)

    assert (len(document["events"]), document["events_in"] >= 60_000) == (MOST_EVENTS, True)

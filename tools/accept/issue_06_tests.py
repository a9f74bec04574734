"""Meetings: each bad input by its name, the queries, the journeys."""

from typing import Final

from tools.accept.lines import Line
from tools.accept.tests_shown import shown_by_tests

ATTENDANCE: Final = "tests/attendance/test_pages.py"
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "a 100 MB CSV, a zip named .csv, NUL bytes": (
        f"{ATTENDANCE}::test_a_bad_file_gets_a_sentence",
        f"{ATTENDANCE}::test_nul_bytes",
        "tests/cli/test_read_attendance.py::test_a_report_of_100_mb",
    ),
    "UTF-16, cp1252": (f"{ATTENDANCE}::test_a_report_in_another_encoding",),
    "columns of custom questions between the standard ones": (
        "tests/formats/test_attendance_bad_files.py::test_columns_of_ones_own",
    ),
    "blank addresses and --": (f"{ATTENDANCE}::test_blank_addresses",),
    "a date that is both d/m and m/d": ("tests/attendance/test_receiving.py::test_a_date_that_is_both_d_m",),
    "a header injection in a name": ("tests/registration/test_registering.py::test_a_header_injection",),
    "the same registration posted ten times at once": (
        "tests/registration/test_registering.py::test_the_same_registration_posted_ten_times",
    ),
    "a link used after cancelling": ("tests/registration/test_registering.py::test_a_link_used_after_cancelling",),
    "a meeting moved to another zone after people registered": (
        "tests/meetings/test_clocks.py::test_a_meeting_moved_to_another_zone",
        "tests/registration/test_telling.py::test_a_meeting_moved_to_another_zone",
    ),
    "rows in = people + put aside, whatever stands in the cells": ("tests/attendance/test_accounts.py",),
    "calendars, read back by two readers, in feeds and in letters over SMTP": (
        "tests/meetings/test_calendar.py",
        "tests/registration/test_calendars.py",
    ),
    "an .ics with 20 years of recurrences": ("tests/formats/test_calendars_hostile.py::test_twenty_years_of",),
    "all calendars of ../shared, no event unaccounted for": (
        "tests/formats/test_calendars.py::test_a_calendar_is_read_with_no_event_unaccounted_for",
    ),
    "300 sessions cost what 30 cost": ("tests/meetings/test_programme_page.py::test_300_sessions",),
    "no live formula in an export": ("tests/registration/test_workspace.py::test_a_formula_in_a_name",),
    "journeys in Chromium: a summit is built, somebody registers and comes, the meeting is closed": (
        "tests/journeys/test_secretary_builds_a_summit.py",
        "tests/journeys/test_somebody_registers_and_comes.py",
        "tests/journeys/test_secretary_closes_a_meeting.py",
    ),
}


def find_out() -> list[Line]:
    return shown_by_tests(SHOWN)

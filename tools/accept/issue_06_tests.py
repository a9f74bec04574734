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
    "a link used after cancelling": (
        "tests/registration/test_registering.py::test_a_link_used_after_cancelling",
        "tests/live/test_coming_in.py::test_a_link_used_after_cancelling",
        "tests/registration/test_joining.py::test_a_link_used_after_cancelling",
    ),
    "bad texts of questions, the same one posted ten times, ten seconds at once": (
        "tests/live/test_asking.py::test_a_bad_text",
        "tests/live/test_asking.py::test_the_same_question_posted_ten_times",
        "tests/live/test_asking.py::test_ten_seconds_of_the_same_person",
    ),
    "a vote after closing, ten at once, a poll with no choices": (
        "tests/live/test_polls.py::test_a_vote_after_closing",
        "tests/live/test_polls.py::test_ten_votes_of_the_same_person",
        "tests/live/test_polls.py::test_a_poll_that_cannot_be_answered",
    ),
    "where it happens: a script as a link, a header in a name, an XML bomb, 10 MB of XML, a server that is slow or down": (
        "tests/venues/",
        "tests/meetings/online/",
        "tests/registration/test_joining.py",
    ),
    "attendance from BigBlueButton by itself; a wrong token, none, ten times the same": ("tests/attendance/arriving/",),
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
    "all reports of ../shared, no row unaccounted for": ("tests/formats/test_attendance_shared_samples.py",),
    "all calendars of ../shared, no event unaccounted for": (
        "tests/formats/test_calendars.py::test_a_calendar_is_read_with_no_event_unaccounted_for",
    ),
    "300 sessions cost what 30 cost": ("tests/meetings/test_programme_page.py::test_300_sessions",),
    "no live formula in an export": ("tests/registration/test_workspace.py::test_a_formula_in_a_name",),
    "certificates: issuing pressed ten times at once, a name with anything in it": (
        "tests/certificates/test_issuing.py::test_issuing_pressed_ten_times_at_once",
        "tests/certificates/test_issuing.py::test_a_name_with_anything_in_it",
    ),
    "certificates: half a code, a code tried 100 times, the link to a revoked one": (
        "tests/certificates/test_verifying.py::test_half_a_code",
        "tests/certificates/test_verifying.py::test_codes_tried_100_times",
        "tests/certificates/test_verifying.py::test_a_revoked_one_says_so",
    ),
    "certificates as PDF: tagged, the words of the page, nothing fetched": ("tests/certificates/test_pdf.py",),
    "courses: the cohort and its modules": ("tests/certificates/test_courses.py",),
    "journeys in Chromium: a summit is built, somebody registers and comes, the meeting is closed, certificates": (
        "tests/journeys/test_one_summit_from_draft_to_archive.py",
        "tests/journeys/test_somebody_registers_and_comes.py",
        "tests/journeys/test_two_people_ask_in_the_room.py",
        "tests/journeys/test_secretary_closes_a_meeting.py",
        "tests/journeys/test_somebody_gets_a_certificate.py",
        "tests/journeys/test_a_meeting_happens_online.py",
    ),
}


def find_out() -> list[Line]:
    return shown_by_tests(SHOWN)

"""Reports of the shared samples, where they are at hand: no row unaccounted for."""

from pathlib import Path

import pytest

from plaza.formats.attendance import NotAttendance, WhyNot, as_json, read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats"
# Name → tool, people, rows that have anything in them.
REPORTS = {
    "zoom_webinar_attendee_report_en.csv": ("zoom-webinar", 8, 22),
    "zoom_webinar_attendee_report_2026_layout.csv": ("zoom-webinar", 3, 12),
    "zoom_webinar_registration_report.csv": ("zoom-registration", 3, 9),
    "zoom_meeting_participants_en.csv": ("zoom-meeting", 3, 7),
    "zoom_meeting_participants_es_semicolon_cp1252.csv": ("zoom-meeting", 2, 3),
    "zoom_meeting_totals_es.csv": ("zoom-totals", 2, 3),
    "teams_attendance_v1_utf16.csv": ("teams-v1", 2, 5),
    "teams_attendance_v2_utf16.csv": ("teams-v2", 3, 17),
    "teams_attendance_v2_utf8.csv": ("teams-v2", 3, 17),
    "meet_attendance_names.csv": ("meet", 2, 3),
    "meet_attendance_with_header.csv": ("meet", 2, 5),
    "meet_participation_legacy.csv": ("meet", 1, 2),
}
NO_REPORTS = sorted({path for path in SHARED.glob("*.*") if path.name not in REPORTS and path.suffix != ".md"})

pytestmark = pytest.mark.skipif(not NO_REPORTS, reason="the samples of ../shared are not here")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_with_no_row_unaccounted_for(name):
    document = as_json(read((SHARED / name).read_bytes()))

    rows = [row for person in document["people"] for row in person["rows"]]
    rows += [left["row"] for left in document["put_aside"]]
    assert (document["format"], len(document["people"]), len(rows), document["rows_in"]) == (
        *REPORTS[name],
        len(set(rows)),
    )
    assert [left for left in document["put_aside"] if not left["structure"]] == []


@pytest.mark.parametrize("path", NO_REPORTS, ids=lambda path: path.name)
def test_another_file_is_no_report(path):
    with pytest.raises(NotAttendance) as caught:
        read(path.read_bytes())

    assert caught.value.why == WhyNot.NO_REPORT

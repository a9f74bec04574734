"""The ledger balances whatever comes in: samples of every tool, and dirt that hypothesis makes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plaza.attendance.domain import receiving
from plaza.attendance.domain.came import ledger
from plaza.attendance.domain.receiving import HereAlready, NotHere, receive_report
from plaza.attendance.models import AttendanceImport, AttendanceInterval
from plaza.formats.attendance import NotAttendance, as_json, read
from tests.attendance.conftest import report_of

SAMPLES = sorted((Path(__file__).parent.parent / "formats" / "attendance").glob("*.csv"))

CELL = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=12)
TIME = st.sampled_from(
    ["", "--", "03/04/2026 10:00", "04/03/2026 11:00", "2026-03-12T10:00:00Z", "10:00", "31/31/2026", "mañana"]
)
NAMES = st.one_of(
    CELL, st.sampled_from(["Ana Ribera", "ANA RIBERA", "iPhone", "", "=cmd()", "Ana\0Ribera", "\u202eana"])
)
ROWS = st.lists(
    st.tuples(NAMES, st.one_of(CELL, st.sampled_from(["", "a@b.example.org", "--"])), TIME, TIME, CELL, CELL),
    max_size=8,
)


def test_every_sample_comes_in_and_no_row_is_unaccounted_for(held, network):
    for path in SAMPLES:
        try:
            report = receive_report(meeting=held, data=path.read_bytes(), name=path.name, by=network.secretary)
        except NotHere:
            assert path.name == "zoom_registration_en.csv"
            continue
        assert ledger(report).balances, path.name
    assert AttendanceImport.objects.count() == len(SAMPLES) - 1


@pytest.fixture
def no_sandbox(monkeypatch):
    """A process for each example would be all that is measured; the sandbox has tests of its own."""
    monkeypatch.setattr(receiving, "read_in_sandbox", lambda name, data, seconds: as_json(read(data)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_the_ledger_balances_whatever_stands_in_the_cells(no_sandbox, held, network, rows):
    data = report_of(*(",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) for row in rows))
    try:
        report = receive_report(meeting=held, data=data, by=network.secretary)
    except (NotAttendance, HereAlready):
        return

    found = ledger(report)
    assert (found.balances, found.of_people) == (True, sum(len(row.source_rows) for row in report.rows.all()))
    assert not AttendanceInterval.objects.filter(row__report=report).exists() or not report.asks

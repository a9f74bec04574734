"""From the times of a report, as they stand there, to moments: with the order, the day and the zone that were said."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

from plaza.attendance.domain.writing import write_many
from plaza.attendance.models import AttendanceImport, AttendanceInterval, AttendanceRow

_HALF_A_DAY: Final = dt.timedelta(hours=12)
_A_DAY: Final = dt.timedelta(days=1)


def bare(when: str) -> bool:
    """A time of the clock, without its day."""
    return "T" not in when


def naive(when: str) -> bool:
    """Without a zone."""
    return dt.time.fromisoformat(when.rpartition("T")[2]).tzinfo is None


def take_seconds(report: AttendanceImport, rows: Iterable[AttendanceRow]) -> list[AttendanceRow]:
    """How long by the report each was there, as its dates are read. Those whom that changed; saves nothing."""
    changed = []
    for row in rows:
        seconds, _ = _told(row, report)
        if row.seconds != seconds:
            row.seconds = seconds
            changed.append(row)
    return changed


def make_intervals(report: AttendanceImport, rows: Iterable[AttendanceRow]) -> None:
    """The intervals of all rows, made anew."""
    AttendanceInterval.objects.filter(row__report=report).delete()
    zone = ZoneInfo(report.zone) if report.zone else None
    found = []
    for row in rows:
        for joined, left, source in _told(row, report)[1]:
            begins = _moment(joined, report, zone)
            ends = _moment(left, report, zone) if left else None
            if ends is not None and ends < begins:
                # After midnight where no day is told; or in an hour that the clocks left out.
                ends = ends + _A_DAY if bare(left) else begins
            found.append(AttendanceInterval(row=row, joined=begins, left=ends, source_row=source))
    write_many(AttendanceInterval, found)


def _told(row: AttendanceRow, report: AttendanceImport) -> Any:
    return row.told[report.order if report.order in row.told else ""]


def _moment(told: str, report: AttendanceImport, zone: ZoneInfo | None) -> dt.datetime:
    if bare(told):
        when = dt.datetime.combine(report.day or dt.date.min, dt.time.fromisoformat(told))
        when = _aware(when, zone)
        start = report.meeting.starts_at
        # One past midnight belongs to the evening before it.
        return when + _A_DAY if start is not None and start - when > _HALF_A_DAY else when
    return _aware(dt.datetime.fromisoformat(told), zone)


def _aware(when: dt.datetime, zone: ZoneInfo | None) -> dt.datetime:
    """In UTC: two clock times of one zone compare without their offsets."""
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(dt.UTC)

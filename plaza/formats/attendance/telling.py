"""What `plaza read attendance --json` prints: plain dicts, lists, numbers and strings."""

import datetime as dt
from typing import Any

from plaza.core.times import in_minutes
from plaza.formats.attendance.records import STRUCTURE, Attendance, Meeting, Person, PutAside, Reading
from plaza.formats.attendance.times import has_day


def as_json(report: Attendance) -> dict[str, Any]:
    """Its shape is a contract: docs/developing/contracts.md. Durations in minutes and seconds, times as ISO 8601."""
    return {
        "format": report.format,
        "language": report.language,
        "meeting": _meeting(report.reading.meeting, report),
        "dates": {
            "order": report.date_order,
            "why": str(report.why_order) if report.why_order else None,
            "read_as": report.read_as,
            "have_days": report.has_days,
        },
        "people": [_person(person) for person in report.reading.people],
        "otherwise": _otherwise(report.otherwise, report) if report.otherwise else None,
        "rows_in": report.rows_in,
        "put_aside": [_aside(left) for left in report.put_aside],
    }


def _meeting(meeting: Meeting, report: Attendance) -> dict[str, Any]:
    host = {"name": meeting.host_name, "email": meeting.host_email}
    return {
        "title": meeting.title,
        "id": meeting.id,
        "started": _time(meeting.started),
        "ended": _time(meeting.ended),
        "scheduled": _time(meeting.scheduled),
        "time_zone": report.time_zone,
        "host": host if any(host.values()) else None,
        "minutes": in_minutes(meeting.duration),
        "participants": meeting.participants,
        "registered": meeting.registered,
        "generated": _time(meeting.generated),
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "attended": person.attended,
        "minutes": in_minutes(person.seconds),
        "intervals": _intervals(person),
        "answers": person.answers,
        "rows": [entry.row for entry in person.entries],
        "kind": person.kind,
        "registered_name": person.registered_name,
        "original_name": person.original_name,
        "guest": person.guest,
        "country": person.country,
        "phone": person.phone,
        "account": person.account,
        "registered": _time(person.registered),
        "status": person.status,
        "seconds": person.seconds,
        "told": person.told,
        "details": person.details,
        "entries": [
            {
                "row": entry.row,
                "joined": _time(entry.joined),
                "left": _time(entry.left),
                "told": entry.told,
                "notes": [str(note) for note in entry.notes],
            }
            for entry in person.entries
        ],
        "notes": [str(note) for note in person.notes],
    }


def _otherwise(reading: Reading, report: Attendance) -> dict[str, Any]:
    """The times of the second reading; the people stand in the same order."""
    meeting = reading.meeting
    return {
        "read_as": "month first" if report.read_as == "day first" else "day first",
        "meeting": {name: _time(getattr(meeting, name)) for name in ("started", "ended", "scheduled", "generated")},
        "people": [
            {
                "minutes": in_minutes(person.seconds),
                "seconds": person.seconds,
                "intervals": _intervals(person),
                "registered": _time(person.registered),
                "entries": [[_time(entry.joined), _time(entry.left)] for entry in person.entries],
            }
            for person in reading.people
        ],
    }


def _aside(left: PutAside) -> dict[str, Any]:
    told = {"row": left.row, "text": left.text, "why": str(left.why), "structure": left.why in STRUCTURE}
    return told if left.sheet is None else told | {"sheet": left.sheet}


def _intervals(person: Person) -> list[list[str | None]]:
    return [[_time(joined), _time(left)] for joined, left in person.intervals]


def _time(when: dt.datetime | None) -> str | None:
    """ISO 8601: with its offset where the zone is told, without where not; without its day where none is told."""
    if when is None:
        return None
    return when.isoformat() if has_day(when) else when.timetz().isoformat()

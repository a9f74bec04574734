"""A calendar as JSON (docs/developing/contracts.md)."""

import datetime as dt
from typing import Any

from plaza.formats.calendars.records import CalendarRead, Event, Time


def as_json(calendar: CalendarRead) -> dict[str, Any]:
    """Its shape is a contract: docs/developing/contracts.md. Hours as the clocks there show them, instants in UTC."""
    return {
        "name": calendar.name or None,
        "method": calendar.method or None,
        "time_zone": calendar.zone or None,
        "events": [_event(event) for event in calendar.events],
        "events_in": calendar.events_in,
        "left_out": calendar.left_out,
        "put_aside": [
            {"line": each.line, "what": each.what, "text": each.text, "why": str(each.why)}
            for each in calendar.put_aside
        ],
        "more_put_aside": calendar.more_put_aside,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "uid": event.uid or None,
        "line": event.line,
        "title": event.title or None,
        "languages": event.languages,
        "all_day": event.all_day,
        **_span(event.start, event.end, event.all_day),
        "zone": event.zone or None,
        "zone_said": event.zone_said or None,
        "status": event.status or None,
        "place": event.place or None,
        "description": event.description or None,
        "url": event.url or None,
        "conferences": event.conferences,
        "categories": event.categories,
        "organiser": (
            {"name": event.organiser_name or None, "email": event.organiser_email or None}
            if event.organiser_name or event.organiser_email
            else None
        ),
        "sequence": event.sequence,
        "part_of": event.parent or None,
        "instead_of": _local(event.recurrence_of, event.all_day) if event.recurrence_of else None,
        "rule": event.rule or None,
        "recurs": event.recurs,
        "occurrences": [_span(each.start, each.end, event.all_day) for each in event.occurrences],
        "left_out": event.left_out,
        "notes": [str(note) for note in event.notes],
    }


def _span(start: Time, end: Time | None, all_day: bool) -> dict[str, Any]:
    return {
        "start": _local(start, all_day),
        "end": _local(end, all_day) if end else None,
        "starts_at": _at(start.at),
        "ends_at": _at(end.at) if end else None,
    }


def _local(time: Time, all_day: bool) -> str:
    return time.local.date().isoformat() if all_day else time.local.isoformat()


def _at(at: dt.datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at and at.year > 999 else None

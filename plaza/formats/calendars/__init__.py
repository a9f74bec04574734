"""Calendars: iCalendar of any program → its events, with hours, zone, place and what recurs.

`read` looks at the content alone. Each VEVENT ends as an event or in `put_aside` with its line and the reason; so do the tasks
and journals that a calendar may hold, and lines that cannot be read. Everything has a measure (records.py): what is beyond it
is counted in `left_out`, and never looked for.

What is decided for files that leave it open:
- an hour without a zone stays without one, and so does one whose zone nobody knows and the file does not explain;
- of an hour that passes twice the first is meant, and one that the clocks skip is told by the offset before (RFC 5545, 3.3.5);
  both are noted;
- an event that takes the place of one occurrence is an event of its own, and that occurrence goes.
"""

from plaza.formats.calendars.reading import read
from plaza.formats.calendars.records import (
    MOST_BYTES,
    MOST_EVENTS,
    MOST_OCCURRENCES,
    CalendarRead,
    Event,
    NotACalendar,
    Note,
    WhyAside,
    WhyNot,
)
from plaza.formats.calendars.telling import as_json

__all__ = [
    "MOST_BYTES",
    "MOST_EVENTS",
    "MOST_OCCURRENCES",
    "CalendarRead",
    "Event",
    "NotACalendar",
    "Note",
    "WhyAside",
    "WhyNot",
    "as_json",
    "read",
]

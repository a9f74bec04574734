"""Attendance: reports of Zoom, Teams, Google Meet and BigBlueButton → who was there, when, and how long.

`read` looks at the content alone, never at a file's name. Rows come from the reader of tables, words from
data/terms.toml, and each row of the file ends with somebody or in `put_aside` with its number and the reason.

What is decided for files that leave it open:
- a date that could be read two ways is decided by the whole file; where that does not do it, both readings are given;
- a time without a zone stays without one; a time without a day too;
- rows of one address are one person's, rows without an address where they bear the same name; a machine's name alone
  (iPhone) is never joined; nobody is joined with somebody of another address;
- minutes are the union of somebody's stays: two devices at once count once. Where a tool tells only the first joining,
  the last leaving and the time in between, that time counts;
- time in a waiting room counts only where there is no other, and says so.
"""

from plaza.formats.attendance.choosing import in_order, order_on
from plaza.formats.attendance.intervals import seconds_in, union
from plaza.formats.attendance.reading import read
from plaza.formats.attendance.records import (
    MOST_BYTES,
    Attendance,
    Entry,
    Meeting,
    NotAttendance,
    Note,
    Person,
    PutAside,
    Reading,
    WhyAside,
    WhyNot,
    WhyOrder,
)
from plaza.formats.attendance.telling import as_json

__all__ = [
    "MOST_BYTES",
    "Attendance",
    "Entry",
    "Meeting",
    "NotAttendance",
    "Note",
    "Person",
    "PutAside",
    "Reading",
    "WhyAside",
    "WhyNot",
    "WhyOrder",
    "as_json",
    "in_order",
    "order_on",
    "read",
    "seconds_in",
    "union",
]

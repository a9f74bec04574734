"""Lines of iCalendar (RFC 5545): escaped, folded, and a zone with its rules. Written here and not by the library, which takes
a second for what a calendar of 300 sessions is asked a hundred times; what is written is read back by it in the tests."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from icalendar import Timezone

LONGEST: Final = 75  # octets, without the end of the line
END: Final = "\r\n"

# Marks that cannot stand in a calendar are left out; what some readers take for the end of a line is a blank.
_DROPPED: Final = {code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in (0x09, 0x0A)}
_BLANKS: Final = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")
_OF_TEXT: Final[dict[int, str | None]] = {
    **_DROPPED, **_BLANKS, ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n",
}  # fmt: skip
_OF_PARAMETER: Final[dict[int, str | None]] = {
    **_DROPPED, **_BLANKS, ord("\t"): " ", ord("^"): "^^", ord("\n"): "^n", ord('"'): "^'",
}  # fmt: skip


def text(said: str) -> str:
    """A value of the type TEXT."""
    return said.translate(_OF_TEXT)


def parameter(said: str) -> str:
    """The value of a parameter, in quotes (RFC 6868)."""
    return f'"{said.translate(_OF_PARAMETER)}"'


def folded(line: str) -> str:
    """No line is longer than it may be, and none is cut within a letter."""
    if len(line) <= LONGEST and line.isascii():
        return line
    octets = line.encode()
    if len(octets) <= LONGEST:
        return line
    parts, begin, room = [], 0, LONGEST
    while len(octets) - begin > room:
        cut = begin + room
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(octets[begin:cut])
        begin, room = cut, LONGEST - 1  # the blank that a further line begins with
    parts.append(octets[begin:])
    return f"{END} ".join(part.decode() for part in parts)


def utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def hour(name: str, at: dt.datetime, zone: dt.tzinfo, called: str) -> str:
    """By the clocks of a zone of which the calendar tells the rules; `called` is empty for UTC. Of an hour that passes twice
    a clock can only tell the first (RFC 5545, 3.3.5): the second is told by UTC."""
    there = at.astimezone(zone)
    if not called or there.fold:
        return f"{name}:{utc(at)}"
    return f"{name};TZID={called}:{there:%Y%m%dT%H%M%S}"


@lru_cache(maxsize=256)
def zone_lines(name: str, first: int, last: int) -> str:
    """The rules of a zone for the years from `first` to `last`."""
    known = Timezone.from_tzid(name, first_date=dt.date(first - 1, 1, 1), last_date=dt.date(last + 2, 1, 1))
    return str(known.to_ical().decode()).rstrip(END)


def joined(lines: Iterable[str]) -> bytes:
    return (END.join(lines) + END).encode()

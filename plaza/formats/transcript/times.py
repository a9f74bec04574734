"""Times and time lines: `00:00:01.000 --> 00:00:04.000`, `0:00:01.500,0:00:04.200`, `0:57 text`.

The expressions are anchored and every repetition in them has a bound: a line of a megabyte costs
one look. Times are whole milliseconds from the start.
"""

import re
from typing import Final, NamedTuple

# Translation machines put spaces around the colons; hours are optional; nothing needs its zeros.
_TIME: Final = r"(?:(\d{1,4})\s?:\s?)?(\d{1,4})\s?:\s?(\d{1,2})(?:[.,](\d{1,9}))?"
_ARROW: Final = r"(?:-{1,3}\s?(?:>|&gt;)|[\u2013\u2014]>|→)"
# A time is not over while digits, letters or another separator follow: `00:00:11:890`, `00:00:1d`.
_OVER: Final = r"(?![:.,]?\w)"

_BEFORE: Final = r"(?:\d{1,9}[.)]?\s)?[\[(]?\s?"
_ARROW_LINE: Final = re.compile(rf"{_BEFORE}{_TIME}\s{{0,9}}{_ARROW}\s{{0,9}}{_TIME}{_OVER}[\])]?")
_ARROW_BROKEN: Final = re.compile(rf"[\[(]?\s?\d[^<>→]{{0,40}}{_ARROW}|{_ARROW}\s{{0,9}}\d")
_COMMA_LINE: Final = re.compile(rf"{_TIME}\s?[,;]\s?{_TIME}$")
_COMMA_BROKEN: Final = re.compile(r"\d{1,4}:\d{1,2}:\S{0,20}[,;]\S{0,20}$")
_PANEL_LINE: Final = re.compile(rf"[\[(]?{_TIME}(?:[\])]|(?=\s|$))")
_CUT: Final = re.compile(r"\d{1,4}:\d{1,2}[\d:.,\s>\u2013-]{0,40}$")
_SETTINGS: Final = re.compile(r"\b(?:vertical|line|position|size|align|region|[XY][12])\s?:\s?\S+")


class Clock(NamedTuple):
    """What a time line says, in milliseconds; `end` is -1 where the format gives none.

    `rest` is what stands behind the times and is no cue setting: words on the wrong line.
    """

    start: int
    end: int
    rest: str = ""
    comma: bool = False


# The line is meant as a time and cannot be read as one.
UNREADABLE: Final = Clock(-1, -1)


def arrow_clock(line: str) -> Clock | None:
    """The times of a WebVTT or SRT time line; None if the line is something else."""
    line = line.strip()
    found = _ARROW_LINE.match(line)
    if found is None:
        return UNREADABLE if _ARROW_BROKEN.match(line) else None
    start, end = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
    if start is None or end is None:
        return UNREADABLE
    rest = line[found.end() :]
    return Clock(start, end, _SETTINGS.sub("", rest).strip() if rest else "", "," in found.group())


def comma_clock(line: str) -> Clock | None:
    """The times of an SBV time line; None if the line is something else."""
    line = line.strip()
    found = _COMMA_LINE.match(line)
    if found is None:
        return UNREADABLE if _COMMA_BROKEN.match(line) else None
    start, end = _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
    return UNREADABLE if start is None or end is None else Clock(start, end)


def panel_clock(line: str) -> Clock | None:
    """The time a line of YouTube's panel begins with, and the words behind it, if any."""
    line = line.strip()
    found = _PANEL_LINE.match(line)
    start = _milliseconds(*found.groups()) if found else None
    return Clock(start, -1, line[found.end() :].strip()) if found and start is not None else None


def is_cut(line: str) -> bool:
    """Whether the line is the beginning of a time line and nothing else: a download that stopped."""
    return _CUT.match(line.strip()) is not None


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int | None:
    """None where the clock cannot show this: 61 seconds, or 75 minutes beside hours.

    60 is what some exporters leave when they round up 59.9996: it has only one meaning.
    """
    if int(seconds) > 60 or (hours is not None and int(minutes) > 60):
        return None
    thousandths = round(int(fraction) * 1000 / 10 ** len(fraction)) if fraction else 0
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + thousandths

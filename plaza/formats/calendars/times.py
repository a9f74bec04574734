"""Days, hours and durations as iCalendar writes them."""

import datetime as dt
import re
from typing import Final

_DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_HOUR: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})[Tt ](\d{2}):?(\d{2}):?(\d{2})?(?:\.\d{1,9})?([Zz]?)")
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.IGNORECASE
)
_OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")


def day(text: str) -> dt.date | None:
    """`20260312` and `2026-03-12` (RFC 5545, 3.3.4); None for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def hour(text: str) -> tuple[dt.datetime, bool] | None:
    """What the clocks show, and whether they are those of UTC. A leap second is the second before it."""
    found = _HOUR.fullmatch(text.strip())
    if not found:
        return None
    year, month, number, hours, minutes = map(int, found.groups()[:5])
    seconds = min(int(found[6] or 0), 59)
    try:
        # A wall clock: its zone stands elsewhere.
        return dt.datetime(year, month, number, hours, minutes, seconds), bool(found[7])  # noqa: DTZ001
    except ValueError:
        return None


def duration(text: str) -> dt.timedelta | None:
    """`PT1H30M`, `P1W` (RFC 5545, 3.3.6); None for anything else."""
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    whole = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -whole if found[1] == "-" else whole


def offset(text: str) -> dt.timedelta | None:
    """`-0500`."""
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    sign, hours, minutes, seconds = found.groups()
    whole = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return None if whole >= dt.timedelta(days=1) else -whole if sign == "-" else whole

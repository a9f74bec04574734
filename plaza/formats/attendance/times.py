"""Moments and durations as the tools write them, in four languages.

A numeric date may have two readings: both are kept here, and the whole file decides (order.py). The expressions are
anchored and every repetition in them has a bound.
"""

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from plaza.formats.attendance.terms import MONTHS, folded

# The day of times that have none: never shown, and before any that is.
NO_DAY: Final = dt.date(1000, 1, 1)
_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001  where times without a zone are counted from
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
LONGEST_CELL: Final = 80
LONGEST: Final = 31 * 86_400

_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(?P<half>[ap]\s?\.?\s?m\b\.?)?"
)
# The last is a name of letters only, which is no zone for sure.
_ZONE: Final = (
    r"(?P<zone>z|\(?(?:utc|gmt)?\s?[+\-\u2212]\d{1,2}(?::?\d{2})?\)?|\(?(?:utc|gmt)\)?|[a-z]{2,20}/[a-z_/]{2,40}"
    r"|\(?[a-z]{3,5}\)?)"
)
_AFTER_DAY: Final = rf"(?:(?:,|\s|t|\s?-\s|\s?a las\s|\s?as\s|\s?at\s|\s?a\s){{1,3}}{_CLOCK}(?:\s?{_ZONE})?)?$"
_WEEKDAY: Final = r"(?:[a-z]{2,13}(?:-feira)?\.?,?\s)?"
_NUMBERS: Final = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,4}})(?P<mark>[/.\-])(?P<b>\d{{1,2}})(?P=mark)(?P<c>\d{{1,4}}){_AFTER_DAY}"
)
_DAY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})[ \-](?:de\s)?(?P<month>[a-z]{{3,10}})\.?[ ,\-]{{1,2}}(?:del?\s)?(?P<year>\d{{4}}){_AFTER_DAY}"
)
_MONTH_DAY: Final = re.compile(
    rf"{_WEEKDAY}(?P<month>[a-z]{{3,10}})\.?\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}}){_AFTER_DAY}"
)
_CLOCK_ALONE: Final = re.compile(rf"{_CLOCK}(?:\s?{_ZONE})?$")
_OFFSET: Final = re.compile(r"([+\-\u2212])(\d{1,2}):?(\d{2})?")

_UNITS: Final = {"h": 3600, "m": 60, "s": 1}
_UNIT: Final = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,3})?)\s?(h|hr|hrs|hora|horas|hour|hours|heure|heures|m|min|mins|minuto|minutos|minute|minutes|"
    r"s|seg|segs|sec|secs|segundo|segundos|second|seconds|seconde|secondes)(?![a-z])\.?(?:\s?(?:,|(?:et|and|e|y)(?![a-z])))?\s?"
)
_COLONS: Final = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?$")
_NUMBER: Final = re.compile(r"\d{1,7}(?:[.,]\d{1,3})?$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is written. The two readings are the same unless only the order of day and month tells them apart;
    one is None where there is no such day. `has_day` is false for a time of the clock alone."""

    day_first: dt.datetime | None
    month_first: dt.datetime | None
    has_day: bool = True
    is_numeric: bool = False  # day and month in figures, in an order that the file does not say

    @property
    def is_open(self) -> bool:
        """Whether the file has to decide which of the two readings is meant."""
        return self.day_first is not None and self.month_first is not None and self.day_first != self.month_first


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds. `other` is the second reading of `1:30`: hours and minutes."""

    seconds: int
    other: int | None = None


@lru_cache(maxsize=50_000)
def moment(cell: str) -> Moment | None:
    """None where the cell is no time that can be read for sure."""
    words = folded(cell)
    if not words or len(words) > LONGEST_CELL or not any(sign.isdigit() for sign in words):
        return None
    try:
        return _numeric(words) or _named(words) or _clock_alone(words)
    except (ValueError, OverflowError):
        return None


def _numeric(words: str) -> Moment | None:
    found = _NUMBERS.match(words)
    if found is None:
        return None
    a, b, c = found["a"], found["b"], found["c"]
    clock, zone = _clock(found), _zone(found["zone"])
    if len(a) == 4:
        when = _at(int(a), int(b), int(c), clock, zone)
        return Moment(when, when) if when else None
    if len(c) not in (2, 4) or len(a) > 2:
        return None
    year = int(c) + 2000 if len(c) == 2 else int(c)
    day_first = _at(year, int(b), int(a), clock, zone)
    # With full stops the day stands first wherever people write so.
    month_first = day_first if found["mark"] == "." else _at(year, int(a), int(b), clock, zone)
    if day_first is None and month_first is None:
        return None
    return Moment(day_first, month_first, is_numeric=found["mark"] != ".")


def _named(words: str) -> Moment | None:
    found = _DAY_MONTH.match(words) or _MONTH_DAY.match(words)
    month = MONTHS.get(found["month"]) if found else None
    if found is None or month is None:
        return None
    when = _at(int(found["year"]), month, int(found["day"]), _clock(found), _zone(found["zone"]))
    return Moment(when, when) if when else None


def _clock_alone(words: str) -> Moment | None:
    found = _CLOCK_ALONE.match(words)
    if found is None:
        return None
    when = dt.datetime.combine(NO_DAY, _clock(found), _zone(found["zone"]))
    return Moment(when, when, has_day=False)


def _clock(found: re.Match[str]) -> dt.time:
    """Raises ValueError where the clock cannot show this."""
    if found["hour"] is None:
        return dt.time()
    hour, half = int(found["hour"]), (found["half"] or "")[:1]
    # `13:05 PM` has only one meaning.
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _at(year: int, month: int, day: int, clock: dt.time, zone: dt.tzinfo | None) -> dt.datetime | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=zone)
    except ValueError:
        return None


def _zone(words: str | None) -> dt.tzinfo | None:
    return zone_of(words) if words else None


@lru_cache(maxsize=1000)
def zone_of(text: str) -> dt.tzinfo | None:
    """`UTC`, `GMT-5`, `(UTC-05:00) Bogotá, Lima`, `America/Lima`; None for what is not known for sure, as `EST`."""
    words = text.strip().strip("()").strip()
    if found := _OFFSET.search(words):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        offset = dt.timedelta(hours=hours, minutes=minutes)
        return dt.timezone(offset if found[1] == "+" else -offset)
    if re.match(r"(?:utc|gmt|z)\b", words, re.IGNORECASE):
        return dt.UTC
    if re.fullmatch(r"[A-Za-z]{2,20}(?:/[A-Za-z_]{2,30}){1,2}", words):
        try:
            return zoneinfo.ZoneInfo(words.title().replace("_Of_", "_of_"))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return None
    return None


def has_day(when: dt.datetime) -> bool:
    """Whether a moment is of a day: those of the clock alone stand on one long before all reports."""
    return when.year >= _FIRST_YEAR


def instant(when: dt.datetime) -> float:
    """Seconds on one scale, also where one row has a zone and another has none."""
    return when.timestamp() if when.tzinfo else (when - _EPOCH).total_seconds()


def duration(cell: str, *, unit: int = 60) -> Duration | None:
    """`57`, `1h 13m 42s`, `1 hr 2 min`, `1h 3min`, `1 hora e 3 minutos`, `1:00:00`, `32:14`. A number alone is in the
    `unit` of its column, minutes unless that says seconds. More than a month is none."""
    words = folded(cell)
    if not words or len(words) > LONGEST_CELL:
        return None
    read = _duration(words, unit)
    return read if read is None or read.seconds <= LONGEST else None


def _duration(words: str, unit: int) -> Duration | None:
    if _NUMBER.match(words):
        return Duration(round(float(words.replace(",", ".")) * unit))
    if found := _COLONS.match(words):
        first, second, third = int(found[1]), int(found[2]), found[3]
        if second > 59 or int(third or 0) > 59:
            return None
        if third is not None:
            return Duration(first * 3600 + second * 60 + int(third))
        return Duration(first * 60 + second, first * 3600 + second * 60 if first < 24 else None)
    return _in_units(words)


def _in_units(words: str) -> Duration | None:
    seconds, at = 0.0, 0
    while at < len(words):
        found = _UNIT.match(words, at)
        if found is None:
            return None
        seconds += float(found[1].replace(",", ".")) * _UNITS[found[2][0]]
        at = found.end()
    return Duration(round(seconds))

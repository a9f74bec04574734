"""On which days something recurs (RFC 5545, 3.3.10): looked for day by day, so far as there is a measure.

Rules more often than daily are not followed: a meeting is none. The rest says what python-dateutil says, which would look for
the 30th of February until the year 9999.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

DAYS: Final = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
FOLLOWED: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
OFTEN: Final = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LISTS: Final = {"BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53)}
_LISTS_OF_PLACES: Final = {"BYSETPOS": (-366, 366)}
_PARTS: Final = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS, *_LISTS_OF_PLACES, "BYHOUR", "BYMINUTE", "BYSECOND"
}  # fmt: skip


class RuleNotRead(ValueError):
    """No RRULE, or one with a part that RFC 5545 does not know: nothing of it is guessed."""


@dataclass(slots=True)
class Budget:
    """Days that may still be looked at, for a whole file."""

    days: int


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE, its parts in numbers (RFC 5545, 3.3.10). Days of the week count from Monday, 0. `places`: such as the second
    Tuesday. What is negative counts from the end. `until` is as it stands; `begins_on`: the first day of a week."""

    frequency: str
    interval: int
    count: int | None
    until: str
    begins_on: int
    months: frozenset[int]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weeks: frozenset[int]
    weekdays: frozenset[int]
    places: frozenset[tuple[int, int]]
    positions: frozenset[int]
    has_hours: bool

    @property
    def is_often(self) -> bool:
        """More than once a day: such a rule is not followed."""
        return self.frequency in OFTEN


def rule_of(text: str) -> Rule:
    """Of the value of an RRULE. Raises RuleNotRead."""
    parts = dict[str, str]()
    for part in text[:2000].upper().replace(" ", "").split(";"):
        name, _, value = part.partition("=")
        if value:
            parts[name] = value
    frequency = parts.get("FREQ", "")
    if frequency not in FOLLOWED and frequency not in OFTEN:
        raise RuleNotRead
    if any(name not in _PARTS and not name.startswith("X-") for name in parts):
        raise RuleNotRead
    lists = {name: _numbers(parts.get(name, ""), *ends) for name, ends in (_LISTS | _LISTS_OF_PLACES).items()}
    weekdays, places = _weekdays(parts.get("BYDAY", ""))
    if frequency in ("WEEKLY", "DAILY"):
        weekdays, places = weekdays | {which for which, _ in places}, frozenset()
    return Rule(
        frequency,
        _number(parts.get("INTERVAL", "1")),
        _number(parts["COUNT"]) if "COUNT" in parts else None,
        parts.get("UNTIL", ""),
        DAYS.get(parts.get("WKST", "MO"), 0),
        lists["BYMONTH"],
        lists["BYMONTHDAY"],
        lists["BYYEARDAY"],
        lists["BYWEEKNO"],
        weekdays,
        places,
        lists["BYSETPOS"],
        any(name in parts for name in ("BYHOUR", "BYMINUTE", "BYSECOND")),
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) == 0:
        raise RuleNotRead
    return int(text)


def _numbers(text: str, least: int, most: int) -> frozenset[int]:
    found = set()
    for each in filter(None, text.split(",")):
        sign, digits = (-1, each[1:]) if each[0] == "-" else (1, each.lstrip("+"))
        number = sign * _number(digits)
        if not least <= number <= most:
            raise RuleNotRead
        found.add(number)
    return frozenset(found)


def _weekdays(text: str) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    plain, placed = set(), set()
    for each in filter(None, text.split(",")):
        found = _WEEKDAY.fullmatch(each)
        if not found or (found[1] and int(found[1]) == 0):
            raise RuleNotRead
        if found[1]:
            placed.add((DAYS[found[2]], int(found[1])))
        else:
            plain.add(DAYS[found[2]])
    return frozenset(plain), frozenset(placed)


def days_of(rule: Rule, start: dt.date, last: dt.date, budget: Budget) -> Iterator[dt.date]:
    """In order, from `start` to `last`; the day of `start` only where the rule means it. Ends early when the budget does."""
    # The rule names no day: it is that of the start.
    is_open = not (rule.month_days or rule.year_days or rule.weeks or rule.weekdays or rule.places)
    for period in _periods(rule, start, last):
        budget.days -= len(period)
        if budget.days < 0:
            return
        meant = [day for day in period if _is_meant(rule, day, start, is_open)]
        if rule.positions:
            size = len(meant)
            kept = {at - 1 if at > 0 else size + at for at in rule.positions}
            meant = [day for at, day in enumerate(meant) if at in kept]
        for day in meant:
            if start <= day <= last:
                yield day


def _periods(rule: Rule, start: dt.date, last: dt.date) -> Iterator[list[dt.date]]:
    step = rule.interval
    if rule.frequency in ("YEARLY", "MONTHLY"):
        month, size = (1, 12) if rule.frequency == "YEARLY" else (start.month, 1)
        at = start.year * 12 + month - 1
        end = last.year * 12 + last.month - 1
        while at <= end:
            first = dt.date(at // 12, at % 12 + 1, 1)
            yield _days(first, _length(at, size))
            at += step * size
        return
    size = 7 if rule.frequency == "WEEKLY" else 1
    back = (start.weekday() - rule.begins_on) % 7 if size == 7 else 0
    at = start.toordinal() - back
    while at <= last.toordinal():
        yield [dt.date.fromordinal(day) for day in range(max(at, 1), at + size)]
        at += step * size


def _length(month: int, months: int) -> int:
    return sum(calendar.monthrange(each // 12, each % 12 + 1)[1] for each in range(month, month + months))


def _days(first: dt.date, number: int) -> list[dt.date]:
    begin = first.toordinal()
    return [dt.date.fromordinal(day) for day in range(begin, begin + number)]


def _is_meant(rule: Rule, day: dt.date, start: dt.date, is_open: bool) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if is_open:
        return _is_like(rule, day, start)
    if rule.month_days:
        length = calendar.monthrange(day.year, day.month)[1]
        if day.day not in rule.month_days and day.day - length - 1 not in rule.month_days:
            return False
    if rule.year_days:
        number, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
        if number not in rule.year_days and number - length - 1 not in rule.year_days:
            return False
    if rule.weeks and not _is_in_week(rule, day):
        return False
    if rule.weekdays or rule.places:
        return day.weekday() in rule.weekdays or any(
            day.weekday() == which and _stands_at(rule, day, at) for which, at in rule.places
        )
    return True


def _is_like(rule: Rule, day: dt.date, start: dt.date) -> bool:
    if rule.frequency == "YEARLY":
        return day.day == start.day and (bool(rule.months) or day.month == start.month)
    if rule.frequency == "MONTHLY":
        return day.day == start.day
    return rule.frequency == "DAILY" or day.weekday() == start.weekday()


def _is_in_week(rule: Rule, day: dt.date) -> bool:
    year, week, _ = day.isocalendar()
    if year != day.year:
        return False
    weeks = dt.date(year, 12, 28).isocalendar()[1]
    return week in rule.weeks or week - weeks - 1 in rule.weeks


def _stands_at(rule: Rule, day: dt.date, at: int) -> bool:
    """Whether it is the n-th of its weekday, of the month or of the year."""
    if rule.frequency == "MONTHLY" or rule.months:
        number, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        number, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    return (number - 1) // 7 + 1 == at if at > 0 else (length - number) // 7 + 1 == -at

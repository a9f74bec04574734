"""What recurs, laid out: the days of the rule and those that were added, without those that were taken away, so far as
there is a measure; how many are beyond it is said."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from plaza.formats.calendars import recurring, times
from plaza.formats.calendars.lines import Component, Property
from plaza.formats.calendars.records import (
    HORIZON,
    MOST_DATES_OF_A_LINE,
    MOST_DAYS,
    MOST_OCCURRENCES,
    MOST_OCCURRENCES_OF_ALL,
    Event,
    Note,
    Occurrence,
    Time,
)
from plaza.formats.calendars.zones import AT_UTC, NOWHERE, Zone, Zones

AT_MOST = dt.datetime(9990, 1, 1)  # noqa: DTZ001  what clocks show


@dataclass(slots=True)
class Measure:
    """What is left of it, for a whole file."""

    days: recurring.Budget = field(default_factory=lambda: recurring.Budget(MOST_DAYS))
    occurrences: int = MOST_OCCURRENCES_OF_ALL


@dataclass(slots=True)
class Layout:
    """What laying out one event needs of its file. `length`: how long each time of it lasts, None where nothing tells it.
    `aside`: takes the line and the words of a date that cannot be read."""

    event: Event
    zone: Zone
    length: dt.timedelta | None
    zones: Zones
    aside: Callable[[int, str], None]


def lay_out(layout: Layout, component: Component, measure: Measure) -> None:
    """Fills `recurs`, `rule`, `occurrences` and `left_out` of the event (RFC 5545, 3.8.5); what was looked at goes off the
    measure of the file."""
    event = layout.event
    rule, added = component.first("RRULE"), component.all("RDATE")
    if rule is None and not added:
        return
    event.recurs = True
    taken_away = set(_dates(layout, component.all("EXDATE")))
    most = max(1, min(MOST_OCCURRENCES, measure.occurrences))
    found: dict[dt.datetime, dt.datetime | None] = {event.start.local: None}
    if rule is not None:
        event.rule = rule.value.strip()[:500]
        for at in _by_rule(event, event.rule, layout.zone, taken_away, most, measure):
            found.setdefault(at, None)
    for at, end in _dates(layout, added).items():
        found[at] = end or found.get(at)
    days_gone = {at.date() for at in taken_away if at.time() == dt.time()}
    kept = sorted(at for at in found if at not in taken_away and at.date() not in days_gone)
    if len(kept) > most:
        event.left_out = None if event.left_out is None else event.left_out + len(kept) - most
    event.occurrences = [_occurrence(layout, at, found[at]) for at in kept[:most]]
    measure.occurrences -= len(event.occurrences)
    if event.left_out != 0:
        event.notes.append(Note.MORE)


def _occurrence(layout: Layout, at: dt.datetime, end: dt.datetime | None) -> Occurrence:
    is_day = layout.event.all_day
    start = Time(at) if is_day else layout.zone.time(at, layout.event.notes)
    length = end - at if end else layout.length
    try:
        over = at + length if length is not None else None
    except OverflowError:
        over = None
    ended = None if over is None else Time(over) if is_day else layout.zone.time(over, [])
    return Occurrence(start, ended)


def _by_rule(
    event: Event, text: str, zone: Zone, taken_away: set[dt.datetime], most: int, measure: Measure
) -> Iterator[dt.datetime]:
    """Those of the rule; sets how many are beyond the measure, None where nobody knows."""
    start = event.start.local
    try:
        rule = recurring.rule_of(text)
    except recurring.RuleNotRead:
        event.notes.append(Note.RULE_NOT_READ)
        event.left_out = None
        return
    until = _until(rule.until, zone)
    if rule.is_often:
        event.notes.append(Note.OFTEN)
        event.left_out = _often(rule, start, until)
        return
    if rule.has_hours or (rule.until and until is None) or (rule.weeks and rule.begins_on):
        event.notes.append(Note.RULE_NOT_READ)
        event.left_out = None
        return
    horizon = min(start, AT_MOST - HORIZON) + HORIZON
    is_endless = rule.count is None and (until is None or until > horizon)
    last = min(horizon, until) if until else horizon
    counted = kept = beyond = 0
    for day in recurring.days_of(rule, start.date(), last.date(), measure.days):
        at = dt.datetime.combine(day, start.time())
        if until and at > until:
            break
        counted += 1
        if rule.count is not None and counted > rule.count:
            counted -= 1
            break
        if at in taken_away:
            continue
        if kept < most:
            kept += 1
            yield at
        elif is_endless:
            break
        else:
            beyond += 1
    has_all = rule.count is not None and counted == rule.count
    is_over = not is_endless and measure.days.days >= 0 and rule.count is None
    event.left_out = beyond if has_all or is_over else None


def _until(text: str, zone: Zone) -> dt.datetime | None:
    """By the clocks of the event; of a day, its end."""
    if found := times.hour(text):
        local, is_utc = found
        return (zone.local_of(local) or local) if is_utc else local
    day = times.day(text)
    return dt.datetime.combine(day, dt.time.max) if day else None


def _often(rule: recurring.Rule, start: dt.datetime, until: dt.datetime | None) -> int | None:
    if rule.count is not None:
        return rule.count - 1
    is_plain = not (rule.months or rule.month_days or rule.year_days or rule.weekdays or rule.has_hours)
    if until is None or not is_plain or until < start:
        return None
    return int((until - start).total_seconds() // (rule.interval * recurring.OFTEN[rule.frequency]))


def _dates(layout: Layout, told: list[Property]) -> dict[dt.datetime, dt.datetime | None]:
    """By the clocks of the event, each with its own end where it has one (a PERIOD)."""
    found: dict[dt.datetime, dt.datetime | None] = {}
    left = MOST_DATES_OF_A_LINE
    for each in told:
        parts = each.value.split(",", left)
        for text in parts[:left]:
            date = _date(layout, each, text)
            if date is None:
                layout.aside(each.line, text)
            else:
                found[date[0]] = date[1]
        if len(parts) > left:
            layout.aside(each.line, parts[left])
        left = max(0, left - len(parts))
    return found


def _date(layout: Layout, told: Property, text: str) -> tuple[dt.datetime, dt.datetime | None] | None:
    begins, _, ends = text.partition("/")
    start = _local(layout, told, begins)
    if start is None:
        return None
    if not ends:
        return start, None
    length = times.duration(ends)
    try:
        end = start + length if length else _local(layout, told, ends)
    except OverflowError:
        end = None
    return start, end if end and end > start else None


def _local(layout: Layout, told: Property, text: str) -> dt.datetime | None:
    if found := times.hour(text):
        local, is_utc = found
        zone = AT_UTC if is_utc else layout.zones.of(told.parameters.get("TZID", ""))
        if zone.name == layout.zone.name or zone is NOWHERE:
            return local
        at = zone.time(local, []).at
        return (layout.zone.local_of(at.replace(tzinfo=None)) if at else None) or local
    day = times.day(text)
    return dt.datetime.combine(day, dt.time()) if day else None

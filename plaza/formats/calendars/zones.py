"""What a TZID means: a zone of the tz database, by its own name, a Windows name or a path that ends in one; else the rules
that the file itself tells of it, or an offset in its name. What is none of these is not guessed."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from plaza.formats.calendars import recurring, times
from plaza.formats.calendars.lines import Component
from plaza.formats.calendars.records import Note, Time

UTC: Final = "UTC"
MOST_OBSERVANCES: Final = 60
_OFFSET: Final = re.compile(r"\b(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?")


@cache
def _names() -> dict[str, str]:
    named = {name.lower(): name for name in available_timezones()}
    windows = {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}
    return {name: zone for name, zone in windows.items() if zone.lower() in named} | named


def named(said: str) -> str:
    """`America/Bogota` for itself, for `SA Pacific Standard Time`, for `/mozilla.org/20050126_1/America/Bogota`; else empty."""
    text = said.strip().strip('"').lower()[:200]
    parts = text.split("/")
    for size in (len(parts), 3, 2):
        if found := _names().get("/".join(parts[-size:])):
            return UTC if found in ("Etc/UTC", "Zulu", "Universal", "Etc/Universal", "UCT", "Etc/UCT") else found
    return ""


@dataclass(frozen=True, slots=True)
class Observance:
    """From `start` on, and again by the rule, the clocks are `to` from UTC."""

    start: dt.datetime
    to: dt.timedelta
    before: dt.timedelta
    rule: recurring.Rule | None = None
    until: dt.datetime | None = None
    also: tuple[dt.datetime, ...] = ()

    def last_onset(self, wall: dt.datetime) -> dt.datetime | None:
        """The last time before a wall clock at which it began."""
        found = [at for at in (self.start, *self.also) if at <= wall]
        end = min(wall, self.until) if self.until else wall
        if self.rule and self.rule.frequency == "YEARLY" and end >= self.start:
            found += [at for at in _onsets(self.rule, self.start, end.year) if at <= end]
        return max(found, default=None)


# A calendar asks for each of its hours, and thousands of them lie in the same few years.
@lru_cache(maxsize=512)
def _onsets(rule: recurring.Rule, start: dt.datetime, year: int) -> tuple[dt.datetime, ...]:
    """By the rule, in a year and in the one before: that is enough, be the first of them 1601."""
    near = max(start.date(), dt.date(max(year - 1, 1), 1, 1))
    days = recurring.days_of(rule, near, dt.date(year, 12, 31), recurring.Budget(2000))
    return tuple(dt.datetime.combine(day, start.time()) for day in days)


@dataclass(slots=True)
class Zone:
    """Whose clocks a time is told by. `name` is of the tz database, or empty."""

    said: str = ""
    name: str = ""
    observances: list[Observance] = field(default_factory=list)
    offset: dt.timedelta | None = None

    @property
    def note(self) -> Note | None:
        """What is odd about hours told by it."""
        if self.name:
            return None
        if not self.said:
            return Note.NO_ZONE
        return Note.ZONE_BY_OFFSET if self.observances or self.offset is not None else Note.ZONE_UNKNOWN

    def time(self, local: dt.datetime, notes: list[Note]) -> Time:
        """RFC 5545, 3.3.5: of an hour that passes twice the first; one that is skipped by the offset before."""
        try:
            if self.name:
                there = ZoneInfo(self.name)
                aware = local.replace(tzinfo=there)
                at = aware.astimezone(dt.UTC)
                if at.astimezone(there).replace(tzinfo=None) != local:
                    notes.append(Note.HOUR_SKIPPED)
                elif aware.replace(fold=1).utcoffset() != aware.utcoffset():
                    notes.append(Note.HOUR_TWICE)
                return Time(local, at)
            away = self._away(local)
            return Time(local, (local - away).replace(tzinfo=dt.UTC) if away is not None else None)
        except OverflowError:
            return Time(local)

    def _away(self, local: dt.datetime) -> dt.timedelta | None:
        if not self.observances:
            return self.offset
        begun = [(onset, each) for each in self.observances if (onset := each.last_onset(local))]
        if begun:
            return max(begun, key=lambda pair: pair[0])[1].to
        return min(self.observances, key=lambda each: each.start).before

    def local_of(self, at: dt.datetime) -> dt.datetime | None:
        """What the clocks there show at an instant of UTC, where a name tells it."""
        if not self.name:
            return None
        try:
            return at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(self.name)).replace(tzinfo=None)
        except OverflowError:
            return None


NOWHERE: Final = Zone()
AT_UTC: Final = Zone(UTC, UTC)


class Zones:
    """Of one file."""

    def __init__(self, told: list[Component]) -> None:
        self._told = dict[str, Component]()
        for component in told:
            if name := component.first("TZID"):
                self._told.setdefault(name.value.strip().strip('"'), component)
        self._known = dict[str, Zone]()

    def of(self, said: str) -> Zone:
        """By the TZID of a time, empty where it has none. The same words are the same zone throughout the file."""
        said = said.strip()
        if not said:
            return NOWHERE
        if said not in self._known:
            self._known[said] = self._find(said)
        return self._known[said]

    def _find(self, said: str) -> Zone:
        if name := named(said):
            return Zone(said, name)
        told = self._told.get(said)
        if told is not None:
            place = told.first("X-LIC-LOCATION")
            if place and (name := named(place.value)):
                return Zone(said, name)
            if observances := _observances(told):
                return Zone(said, observances=observances)
        found = _OFFSET.search(said.upper())
        if found:
            away = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
            if away < dt.timedelta(hours=16):
                return Zone(said, offset=-away if found[1] == "-" else away)
        return Zone(said)


def _observances(told: Component) -> list[Observance]:
    found = []
    for each in told.components[:MOST_OBSERVANCES]:
        start, to, before = each.first("DTSTART"), each.first("TZOFFSETTO"), each.first("TZOFFSETFROM")
        away = times.offset(to.value) if to else None
        if start is None or away is None:
            continue
        day, hour = times.day(start.value), times.hour(start.value)
        if hour is None and day is None:
            continue
        first = hour[0] if hour else dt.datetime.combine(day or dt.date.min, dt.time())
        rule, until = None, None
        if text := each.first("RRULE"):
            try:
                rule = recurring.rule_of(text.value)
            except recurring.RuleNotRead:
                continue
            ended = times.hour(rule.until)
            until = ended[0] if ended else None
        added = (text_of for dates in each.all("RDATE")[:50] for text_of in dates.value[:2000].split(","))
        also = [at[0] for text_of in added if (at := times.hour(text_of))]
        was = times.offset(before.value) if before else None
        found.append(Observance(first, away, away if was is None else was, rule, until, tuple(also)))
    return found

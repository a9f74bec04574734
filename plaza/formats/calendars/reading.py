"""A calendar read whole: its events, what recurs laid out, and what stays out with its reason."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from plaza.formats.calendars import times
from plaza.formats.calendars.laying_out import Layout, Measure, lay_out
from plaza.formats.calendars.lines import Component, Property, components
from plaza.formats.calendars.records import (
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_EVENTS,
    MOST_PUT_ASIDE,
    CalendarRead,
    Event,
    NotACalendar,
    Note,
    PutAside,
    Time,
    WhyAside,
    WhyNot,
)
from plaza.formats.calendars.zones import AT_UTC, NOWHERE, Zone, Zones, named

_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINK: Final = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_STATES: Final = ("confirmed", "tentative", "cancelled")
# What a calendar is made of beside its events.
_FRAME: Final = (
    "FILE",
    "VCALENDAR",
    "VTIMEZONE",
    "STANDARD",
    "DAYLIGHT",
    "VALARM",
    "VEVENT",
    "PARTICIPANT",
    "VLOCATION",
)
LONGEST_TITLE: Final = 500


def read(data: bytes) -> CalendarRead:
    """The calendar in `data`, whatever program wrote it and whatever its name says. Every VEVENT is an event, put aside, or
    counted in `left_out`. Raises NotACalendar, with a sentence for the person."""
    if len(data) > MOST_BYTES:
        raise NotACalendar(WhyNot.TOO_LARGE)
    root, odd = components(data)
    told = list(_within(root))
    if not any(each.name == "VEVENT" for each in told):
        raise NotACalendar(WhyNot.NO_CALENDAR)
    found = CalendarRead()
    for number, text, why in odd:
        _put_aside(found, PutAside(number, "line", text, why))
    heads = [root, *(each for each in told if each.name == "VCALENDAR")]
    found.name = _one_line(next((p for each in heads if (p := each.first("NAME", "X-WR-CALNAME"))), None))
    found.method = next((p.value.strip().upper()[:20] for each in heads if (p := each.first("METHOD"))), "")
    zone = next((p.value for each in heads if (p := each.first("X-WR-TIMEZONE"))), "")
    found.zone = named(zone) if zone else ""
    reader = _Reader(found, Zones([each for each in told if each.name == "VTIMEZONE"]))
    for component in told:
        reader.take(component)
    reader.settle()
    return found


def _within(component: Component) -> Iterator[Component]:
    for each in component.components:
        yield each
        yield from _within(each)


def _put_aside(found: CalendarRead, aside: PutAside) -> None:
    if len(found.put_aside) < MOST_PUT_ASIDE:
        found.put_aside.append(aside)
    else:
        found.more_put_aside += 1


class _Reader:
    def __init__(self, found: CalendarRead, zones: Zones) -> None:
        self._found, self._zones = found, zones
        self._measure = Measure()
        # Where in the list the event of that name stands.
        self._same: dict[tuple[str, Time | None], int] = {}

    def take(self, component: Component) -> None:
        if component.name != "VEVENT":
            if component.name not in _FRAME:
                self._aside(component, WhyAside.NOT_AN_EVENT)
            return
        self._found.events_in += 1
        if not component.has_ended:
            self._aside(component, WhyAside.NOT_ENDED)
        elif len(self._found.events) >= MOST_EVENTS:
            self._found.left_out += 1
        else:
            self._event(component)

    def settle(self) -> None:
        """An occurrence that has an event of its own is that event: it is named by the clocks of what recurs."""
        clocks = {event.uid: event.zone for event in self._found.events if event.recurs and event.uid}
        for event in self._found.events:
            if event.recurrence_of and clocks.get(event.uid):
                event.recurrence_of = _by_clocks(event.recurrence_of, Zone(name=clocks[event.uid]))
        instead: dict[str, set[object]] = {}
        for event in self._found.events:
            if event.recurrence_of and event.uid:
                instead.setdefault(event.uid, set()).update({event.recurrence_of.local, event.recurrence_of.at})
        for event in self._found.events:
            gone = instead.get(event.uid, set()) - {None}
            if event.recurs and gone:
                event.occurrences = [
                    each for each in event.occurrences if each.start.local not in gone and each.start.at not in gone
                ]

    def _aside(self, component: Component, why: WhyAside) -> None:
        title = _one_line(component.first("SUMMARY"))
        _put_aside(self._found, PutAside(component.line, component.name, title[:200], why))

    def _event(self, component: Component) -> None:
        begins = component.first("DTSTART")
        if begins is None:
            self._aside(component, WhyAside.NO_START)
            return
        event = Event(line=component.line)
        start = self._when(begins)
        if start is None:
            self._aside(component, WhyAside.START_NOT_READ)
            return
        local, zone, event.all_day = start
        self._words(event, component)
        event.zone, event.zone_said = ("", "") if event.all_day else (zone.name, zone.said)
        if not event.all_day and zone.note:
            event.notes.append(zone.note)
        event.start = Time(local) if event.all_day else zone.time(local, event.notes)
        length = self._length(event, component, zone)
        if over := component.first("RECURRENCE-ID"):
            at = self._when(over)
            which = at[1].time(at[0], []) if at and not at[2] else Time(at[0]) if at else None
            event.recurrence_of = _by_clocks(which, zone) if which else None
            if over.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
                event.notes.append(Note.FOLLOWING_TOO)
        layout = Layout(event, zone, length, self._zones, lambda line, text: self._dates_aside(line, text))
        lay_out(layout, component, self._measure)
        event.notes = list(dict.fromkeys(event.notes))
        self._keep(event)

    def _dates_aside(self, line: int, text: str) -> None:
        _put_aside(self._found, PutAside(line, "line", text[:200], WhyAside.DATES_NOT_READ))

    def _keep(self, event: Event) -> None:
        """Of one event told twice the newer one."""
        key = (event.uid, event.recurrence_of)
        at = self._same.get(key) if event.uid else None
        if at is None:
            self._same[key] = len(self._found.events)
            self._found.events.append(event)
            return
        before = self._found.events[at]
        older, newer = (before, event) if event.sequence > before.sequence else (event, before)
        self._found.events[at] = newer
        _put_aside(self._found, PutAside(older.line, "VEVENT", older.title[:200], WhyAside.SAME_TWICE))

    def _when(self, told: Property) -> tuple[dt.datetime, Zone, bool] | None:
        """What the clocks show, whose clocks they are, and whether it is a whole day."""
        if found := times.hour(told.value):
            local, is_utc = found
            return local, AT_UTC if is_utc else self._zones.of(told.parameters.get("TZID", "")), False
        if day := times.day(told.value):
            return dt.datetime.combine(day, dt.time()), NOWHERE, True
        return None

    def _length(self, event: Event, component: Component, zone: Zone) -> dt.timedelta | None:
        """How long it takes, by the clock of the wall; sets its end. Of whole days, to the last of them."""
        ends, lasts = component.first("DTEND"), component.first("DURATION")
        length: dt.timedelta | None = None
        if ends:
            found = self._when(ends)
            if found is None:
                event.notes.append(Note.END_NOT_READ)
            elif event.all_day or found[2]:
                length = found[0] - event.start.local
            else:
                end = found[1].time(found[0], [])
                known = end.at is not None and event.start.at is not None
                there = (
                    zone.local_of(end.at.replace(tzinfo=None)) if known and end.at and found[1] is not zone else None
                )
                length = (there or found[0]) - event.start.local
                if known and there is None and found[1] is not zone and end.at and event.start.at:
                    length = end.at - event.start.at
        elif lasts:
            length = times.duration(lasts.value)
            if length is None:
                event.notes.append(Note.END_NOT_READ)
        if length is not None and length < dt.timedelta():
            event.notes.append(Note.END_BEFORE_START)
            length = None
        if event.all_day:
            # A day ends where the next begins.
            length = max((length or dt.timedelta(days=1)) - dt.timedelta(days=1), dt.timedelta())
        event.end = ended(event.start, length, zone, is_day=event.all_day)
        return length

    def _words(self, event: Event, component: Component) -> None:
        event.title = _one_line(component.first("SUMMARY"))
        if not event.title:
            event.notes.append(Note.NO_TITLE)
        event.description = self._text(event, component.first("DESCRIPTION"))
        event.place = _one_line(component.first("LOCATION"))
        if uid := component.first("UID"):
            event.uid = uid.value.strip()[:255]
        if parent := component.first("RELATED-TO"):
            event.parent = parent.value.strip()[:255]
        if status := component.first("STATUS"):
            event.status = status.value.strip().lower() if status.value.strip().lower() in _STATES else ""
        if (number := component.first("SEQUENCE")) and number.value.strip().isdecimal() and len(number.value) < 10:
            event.sequence = int(number.value)
        event.url = _link(component.first("URL"))
        event.conferences = [link for each in component.all("CONFERENCE")[:5] if (link := _link(each))]
        said = [each for each in component.properties if each.name in ("SUMMARY", "DESCRIPTION")]
        event.languages = list(
            dict.fromkeys(
                each.parameters["LANGUAGE"].split("-")[0].lower()[:3] for each in said if "LANGUAGE" in each.parameters
            )
        )
        for each in component.all("CATEGORIES")[:20]:
            event.categories += [word for part in re.split(r"(?<!\\),", each.value[:2000]) if (word := _plain(part))]
        if organiser := component.first("ORGANIZER"):
            event.organiser_name = _plain(organiser.parameters.get("CN", ""))[:200]
            _, is_mail, address = organiser.value.strip().lower().partition("mailto:")
            event.organiser_email = address[:254] if is_mail and "@" in address else ""

    @staticmethod
    def _text(event: Event, told: Property | None) -> str:
        if told is None:
            return ""
        if len(told.value) > LONGEST_TEXT:
            event.notes.append(Note.CUT)
        return _UNSEEN.sub("", _unescaped(told.value[:LONGEST_TEXT])).strip()


def _by_clocks(told: Time, zone: Zone) -> Time:
    """The same instant as the clocks of a zone show it; where nobody knows either, as it is told."""
    local = zone.local_of(told.at.replace(tzinfo=None)) if told.at else None
    return Time(local, told.at) if local else told


def ended(start: Time, length: dt.timedelta | None, zone: Zone, *, is_day: bool) -> Time | None:
    """By the clocks of the zone: an hour that is told by the wall ends so, too."""
    if length is None:
        return None
    try:
        local = start.local + length
    except OverflowError:
        return None
    return Time(local) if is_day else zone.time(local, [])


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", _unescaped(text)).split())


def _one_line(told: Property | None) -> str:
    return _plain(told.value[: LONGEST_TITLE * 2])[:LONGEST_TITLE] if told else ""


def _link(told: Property | None) -> str:
    found = _LINK.fullmatch(told.value.strip()) if told and len(told.value) < 2100 else None
    return found[0] if found else ""

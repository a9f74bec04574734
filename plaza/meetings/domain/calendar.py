"""Meetings as a calendar that phones and desks subscribe to: iCalendar (RFC 5545, RFC 7986).

One event a meeting, and one a session that has hours of its own, RELATED-TO its meeting. Times stand in the meeting's zone
with its VTIMEZONE; a meeting of which only the day is known is a whole day, and one of which not even that is known is left out.
What was cancelled stays, with a higher SEQUENCE, so that it vanishes from the calendars it is in. SEQUENCE is how many things
were done to the meeting (its history only grows), LAST-MODIFIED when the last of them was: the same data give the same bytes.
Of two events with the same SEQUENCE the one with the later DTSTAMP holds (RFC 5546, 2.1.5): that is how a letter takes back
a place while the meeting itself has not changed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from plaza.accounts.access import Asker
from plaza.core.dates import Precision
from plaza.core.site import absolute, host, network_name
from plaza.meetings.choices import MeetingMode, MeetingStatus, SessionKind
from plaza.meetings.domain.calendar_lines import END, folded, hour, joined, parameter, text, utc, zone_lines
from plaza.meetings.domain.statements import Event, Told, events_of, told_of
from plaza.meetings.models import Meeting, MeetingQuerySet

PRODUCT: Final = "-//Plaza//Meetings of cities//ES"
MOST: Final = 1000
STATUS: Final = {MeetingStatus.CANCELLED: "CANCELLED", MeetingStatus.POSTPONED: "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Hers:
    """What an event says to one person. `page`: hers, in place of the meeting's. `sessions`: only these, be they one; None
    for all. `written_at`: later than what was written before, though the meeting has not changed."""

    page: str = ""
    is_cancelled: bool = False
    sessions: frozenset[int] | None = None
    written_at: dt.datetime | None = None


EVERYBODYS: Final = Hers()


@dataclass(slots=True)
class _Read:
    """What the events of some meetings are made of. `zones`: the years of each that was named."""

    told: Mapping[int, Told]
    sessions: Mapping[int, list[Event]]
    organiser: str
    zones: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class ReadMeetings:
    """Meetings with all that their events say, in a language."""

    meetings: list[Meeting]
    read: _Read


def meetings_for_calendar(user: Asker, since: dt.date | None) -> MeetingQuerySet:
    """The earliest first; those of which a day is known, never a draft. `since`: not those that ended before."""
    return for_calendar(Meeting.objects.visible_to(user), since)


def for_calendar(meetings: MeetingQuerySet, since: dt.date | None) -> MeetingQuerySet:
    """Of meetings that somebody may see, those that a calendar can tell of."""
    rows = meetings.exclude(status=MeetingStatus.DRAFT)
    rows = rows.filter(date_start__isnull=False, date_precision=Precision.DAY)
    rows = rows.filter(date_end__gte=since) if since else rows
    return rows.order_by("date_start", "pk")


def calendar_of(
    meetings: MeetingQuerySet | list[Meeting],
    *,
    name: str,
    language: str,
    address: str = "",
    hers: Mapping[int, Hers] | None = None,
    has_sessions: bool = True,
) -> bytes:
    """`address`: where this calendar is fetched again. `hers`, by meeting. Four queries, however many meetings (the last
    MOST of them)."""
    return written(read_for_calendar(meetings, language, has_sessions=has_sessions), name, address, hers)


def read_for_calendar(
    meetings: MeetingQuerySet | list[Meeting], language: str, *, has_sessions: bool = True
) -> ReadMeetings:
    """Once for many people: what differs between them is written without asking anything more."""
    rows = _last(meetings)
    return ReadMeetings(rows, _read(rows, language, has_sessions))


def written(found: ReadMeetings, name: str = "", address: str = "", hers: Mapping[int, Hers] | None = None) -> bytes:
    """No query."""
    read = replace(found.read, zones=defaultdict(set))
    events = [
        line
        for meeting in found.meetings
        for line in _events(meeting, read, hers[meeting.pk] if hers is not None else EVERYBODYS)
    ]
    return joined([*_head(name, address), *_zones(read), *events, "END:VCALENDAR"])


def _last(meetings: MeetingQuerySet | list[Meeting]) -> list[Meeting]:
    """Those to come and the newest that are past, the earliest first: of too many, old ones are missed least."""
    return meetings[-MOST:] if isinstance(meetings, list) else list(meetings.reverse()[:MOST])[::-1]


def _head(name: str, address: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH")
    if name:
        yield from (folded(f"NAME:{text(name)}"), folded(f"X-WR-CALNAME:{text(name)}"))
    if address:
        yield folded(f"URL:{address}")
        yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")


def _zones(read: _Read) -> Iterator[str]:
    for name, years in sorted(read.zones.items()):
        if name:  # UTC needs no rules
            yield zone_lines(name, min(years), max(years))


def _read(meetings: list[Meeting], language: str, has_sessions: bool) -> _Read:
    keys = [meeting.pk for meeting in meetings]
    sessions: dict[int, list[Event]] = defaultdict(list)
    for event in events_of(keys, language, SessionKind.BREAK) if has_sessions else ():
        sessions[event.meeting].append(event)
    return _Read(
        told_of(keys, language),
        sessions,
        folded(f"ORGANIZER;CN={parameter(network_name())}:mailto:{settings.MAIL_FROM[1]}"),
    )


def _events(meeting: Meeting, read: _Read, hers: Hers) -> Iterator[str]:
    told = read.told[meeting.pk]
    changed_at = max(told.changed_at or meeting.updated_at, meeting.updated_at)
    status = "CANCELLED" if hers.is_cancelled else STATUS.get(MeetingStatus(meeting.status), "CONFIRMED")
    page = absolute(meeting.get_absolute_url())
    stamp = utc(max(changed_at, hers.written_at or changed_at))
    # What each of its events says alike.
    same = [
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{utc(changed_at)}",
        f"SEQUENCE:{told.changes}",
        folded(f"URL:{hers.page or page}"),
        read.organiser,
    ]
    called = "" if meeting.timezone in ("", "UTC") else meeting.timezone
    zone = ZoneInfo(called or "UTC")
    yield from ("BEGIN:VEVENT", folded(f"UID:{_uid(meeting.uuid.hex)}"), *same, f"STATUS:{status}")
    yield _summary(told.title, told.title_language)
    if meeting.starts_at and meeting.ends_at:
        yield from (hour("DTSTART", meeting.starts_at, zone, called), hour("DTEND", meeting.ends_at, zone, called))
        read.zones[called] |= {meeting.starts_at.year, meeting.ends_at.year}
    else:
        yield f"DTSTART;VALUE=DATE:{meeting.date_start:%Y%m%d}"
        # The first day that it is over (RFC 5545, 3.6.1).
        over = (meeting.date_end or meeting.date_start) + dt.timedelta(days=1)  # type: ignore[operator]  # has a day
        yield from (f"DTEND;VALUE=DATE:{over:%Y%m%d}", "TRANSP:TRANSPARENT")
    yield _description(meeting, told, hers.page or page)
    yield from _place(meeting, told)
    if told.topics:
        yield folded(f"CATEGORIES:{','.join(map(text, told.topics))}")
    yield "END:VEVENT"
    parts = read.sessions.get(meeting.pk, [])
    if hers.sessions is not None:
        parts = [part for part in parts if part.pk in hers.sessions]
    elif len(parts) < 2:
        return
    same.append(folded(f"RELATED-TO;RELTYPE=PARENT:{_uid(meeting.uuid.hex)}"))
    yield from _parts(parts, meeting, read, END.join(same), status, zone, called)


def _parts(
    rows: list[Event], meeting: Meeting, read: _Read, same: str, status: str, zone: ZoneInfo, called: str
) -> Iterator[str]:
    """One text each: a summit has 300."""
    uid, where = f"{meeting.uuid.hex}-", f"@{host()}"
    rooms: dict[int | None, str] = {None: ""}
    hours: dict[int, str] = {}
    for row in rows:
        for at in (row.begins, row.ends):
            if at not in hours:
                there = dt.datetime.fromtimestamp(at, zone)
                hours[at] = hour("", there, zone, called)
                read.zones[called].add(there.year)
        if row.room_id not in rooms:
            place = ", ".join(filter(None, [row.room, meeting.venue]))
            rooms[row.room_id] = f"{END}{folded(f'LOCATION:{text(place)}')}"
        state = "CANCELLED" if row.is_cancelled else status
        yield (
            f"BEGIN:VEVENT{END}{folded(f'UID:{uid}{row.pk}{where}')}{END}{same}{END}"
            f"{_summary(row.title or meeting.title, row.language)}{END}DTSTART{hours[row.begins]}{END}DTEND{hours[row.ends]}{END}"
            f"STATUS:{state}{rooms[row.room_id]}{END}END:VEVENT"
        )


# A calendar is written anew after each change of anything, with the titles that it had.
@lru_cache(maxsize=8192)
def _summary(title: str, language: str) -> str:
    return folded(f"SUMMARY;LANGUAGE={language or 'und'}:{text(title)}")


def _uid(name: str) -> str:
    return f"{name}@{host()}"


def _description(meeting: Meeting, told: Told, page: str) -> str:
    invented = _("Invented for the demonstration") if meeting.is_fictional else ""
    said = "\n\n".join(filter(None, [invented, told.summary, page]))
    return folded(f"DESCRIPTION;LANGUAGE={told.summary_language or 'und'}:{text(said)}")


def _place(meeting: Meeting, told: Told) -> Iterator[str]:
    is_online = meeting.mode == MeetingMode.ONLINE
    cities = [", ".join(filter(None, names)) for *names, _latitude, _longitude in told.places or ()]
    if place := _("online") if is_online else ", ".join(filter(None, [meeting.venue, *cities])):
        yield folded(f"LOCATION:{text(place)}")
    if not is_online and told.places and len(told.places) == 1 and told.places[0][2] is not None:
        yield f"GEO:{told.places[0][2]};{told.places[0][3]}"

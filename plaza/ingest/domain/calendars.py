"""Bringing in a calendar: its events are proposals; what somebody chooses becomes a draft, or moves a meeting that is here."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz

from plaza.accounts.models import User
from plaza.core import history, locks
from plaza.core.dates import ImpreciseDate
from plaza.core.folding import fold
from plaza.core.languages import Language, known
from plaza.core.plain import plain_line
from plaza.core.site import host
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.refusal import gettext_noop
from plaza.ingest.domain.known import NEAR_TITLE
from plaza.ingest.domain.ways_in import has_way_in, is_way_in, without_ways_in
from plaza.ingest.models import BroughtCalendar, BroughtEvent
from plaza.meetings.choices import MeetingKind
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.domain.clocks import HourTwice, NoSuchHour, instant, wall_clock
from plaza.meetings.domain.hours import date_of, set_hours
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.models import Meeting
from plaza.meetings.zones import called, is_zone

SECONDS: Final = 30.0
MEGABYTES: Final = 1024
# Of one calendar, and of one event that recurs: more than a year of weeks is no programme of meetings.
MOST: Final = 500
MOST_TIMES: Final = 52
HOUR: Final = dt.timedelta(hours=1)
# Two calendars may hold the same event: who takes waits for whoever takes, or forgets, another.
LOCK: Final = "ingest: calendars"
# Nothing is made of who invites, of ways into rooms online and of what people file their appointments under.
NOT_KEPT: Final = frozenset(("occurrences", "organiser", "url", "conferences", "categories"))
UTC: Final = "UTC"


class WhyNotTaken(StrEnum):
    NO_ZONE = gettext_noop(
        "Its hours are told without a time zone that is known: say above by which clocks they are meant."
    )
    UNIVERSAL = gettext_noop(
        "Its hours are told in universal time (UTC): say above by which clocks people will read them."
    )
    SKIPPED = gettext_noop("The clocks skip its hour on that day. Make this meeting by hand.")
    TWICE = gettext_noop("Its hour passes twice on that day. Make this meeting by hand.")
    HAS_HOURS = gettext_noop(
        "It is told by whole days, and the meeting that is here has hours: these would be lost. Change its hours by hand."
    )
    CANCELLED = gettext_noop(
        "It was cancelled there. Nothing is made of it, and nothing that is here is cancelled by itself."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; `zone` is empty where only days are told."""

    starts: dt.datetime
    ends: dt.datetime
    zone: str
    date: ImpreciseDate


@dataclass(frozen=True, slots=True)
class Proposed:
    """What would become of an event. `here`: the meeting it is already; `near`: others of that day that may be it."""

    row: BroughtEvent
    here: Meeting | None
    near: list[Meeting]
    span: Span | None
    why_not: WhyNotTaken | None
    is_as_here: bool

    @property
    def may_be_taken(self) -> bool:
        return self.why_not is None and not self.is_as_here

    @property
    def asks_zone(self) -> bool:
        """Whether it matters by whose clocks the calendar is meant."""
        told = self.row.told
        return not (told["all_day"] or own_zone(told) or (self.here and self.here.timezone and told["starts_at"]))

    @property
    def shown(self) -> tuple[str, str, str]:
        """From when to when, and by whose clocks: those it would have here, else as the file tells it."""
        told = self.row.told
        if self.span is None or not self.span.zone:
            return told["start"], told["end"] or "", told["zone"] or ""
        starts, ends = (wall_clock(at, self.span.zone).isoformat() for at in (self.span.starts, self.span.ends))
        return starts, ends if told["end"] else "", self.span.zone

    @property
    def when(self) -> str:
        """As people read it: `5 de septiembre de 2026, 10:00–11:30 (Santiago)`; the same words as a meeting's own."""
        start, end, zone = self.shown
        first, last = (dt.date.fromisoformat(at[:10]) for at in (start, end or start))
        if self.row.told["all_day"]:
            return str(ImpreciseDate(first, max(first, last)))
        until = f"{ImpreciseDate.of_day(last)}, {end[11:16]}" if last != first else end[11:16]
        hours = f"{start[11:16]}–{until}" if until else start[11:16]
        return f"{ImpreciseDate.of_day(first)}, {hours}" + (f" ({called(zone)})" if is_zone(zone) else "")

    @property
    def has_addresses(self) -> bool:
        return any(has_way_in(self.row.told[name] or "") for name in ("place", "description"))


def receive_calendar(*, data: bytes, name: str, by: User | None) -> BroughtCalendar:
    """Reads it and keeps what it proposes. The same calendar again is the same. Raises Refused; then nothing is kept."""
    digest = hashlib.sha256(data).hexdigest()
    there = BroughtCalendar.objects.filter(sha256=digest).first()
    return there or _kept(read_in_sandbox("calendar", data, seconds=SECONDS, megabytes=MEGABYTES), digest, name, by)


@transaction.atomic
def _kept(reading: dict[str, Any], digest: str, name: str, by: User | None) -> BroughtCalendar:
    events = reading.pop("events")
    times = [told for event in events for told in _times(event)]
    beyond = sum(max(0, len(event["occurrences"]) - MOST_TIMES) + (event["left_out"] or 0) for event in events)
    titled = plain_line(reading["name"] or name)[:200] or digest[:8]
    calendar, is_new = BroughtCalendar.objects.get_or_create(
        sha256=digest,
        defaults={
            "name": titled,
            "reading": reading | {"is_endless": any(event["left_out"] is None for event in events)},
            "left_out": min(reading["left_out"] + beyond + max(0, len(times) - MOST), 2**31 - 1),
            "brought_by": by,
        },
    )
    if is_new:
        rows = (
            BroughtEvent(calendar=calendar, number=n, key=_key(told), told=told)
            for n, told in enumerate(times[:MOST], 1)
        )
        BroughtEvent.objects.bulk_create(rows, batch_size=200)
        history.record(verb="calendar brought in", by=by, subject=calendar, events=min(len(times), MOST))
    return calendar


def _times(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each time of it by itself."""
    told = {key: value for key, value in event.items() if key not in NOT_KEPT}
    if not event["recurs"]:
        yield told
    for each in event["occurrences"][:MOST_TIMES]:
        yield told | each


def _key(told: dict[str, Any]) -> str:
    """Of an event that recurs, which of its times was meant at first; of one without a name, its words."""
    which = told["instead_of"] or (told["start"] if told["recurs"] else "")
    name = told["uid"] or f"{told['title']} {told['start']}"
    return hashlib.sha256(f"{name}\0{which}".encode()).hexdigest()


def proposed_by(calendar: BroughtCalendar, rows: Collection[BroughtEvent], zone: str = "") -> list[Proposed]:
    """`zone`: by whose clocks hours without one are meant. Three queries, however many rows."""
    before = BroughtEvent.objects.filter(key__in={row.key for row in rows}, meeting__isnull=False)
    taken = {row.key: row.meeting for row in before.select_related("meeting").order_by("pk")}
    ours = {uuid: row.key for row in rows if (uuid := _our_meeting(row.told["uid"]))}
    there = {ours[meeting.uuid]: meeting for meeting in Meeting.objects.filter(uuid__in=ours)} if ours else {}
    here = {row.number: taken.get(row.key) or there.get(row.key) for row in rows}
    clocks = {row.number: clocks_of(row.told, here[row.number], zone, calendar.zone) for row in rows}
    spans = {row.number: span_of(row.told, clocks[row.number]) for row in rows}
    starts = {span.date.start for span, _ in spans.values() if span}
    same_days = list(Meeting.objects.filter(date_start__in=starts).order_by("pk")[:MOST]) if starts else []
    return [_proposed(row, here[row.number], spans[row.number], same_days) for row in rows]


def _proposed(
    row: BroughtEvent, here: Meeting | None, found: tuple[Span | None, WhyNotTaken | None], same_days: list[Meeting]
) -> Proposed:
    span, why_not = found
    near = []
    if here is None and span:
        title = fold(row.told["title"] or "")
        near = [
            meeting
            for meeting in same_days
            if meeting.date_start == span.date.start and fuzz.token_sort_ratio(fold(meeting.title), title) >= NEAR_TITLE
        ][:3]
    is_as_here = here is not None and span is not None and _is_at(here, span)
    if here and here.starts_at and span and not span.zone and not is_as_here:
        why_not = WhyNotTaken.HAS_HOURS
    return Proposed(row, here, near, span, why_not, is_as_here)


def _is_at(meeting: Meeting, span: Span) -> bool:
    if span.zone:
        return (meeting.starts_at, meeting.ends_at) == (span.starts, span.ends)
    return meeting.date == span.date


def _our_meeting(uid: str | None) -> UUID | None:
    """Of an event that came out of one of our own feeds."""
    name, _, where = (uid or "").partition("@")
    try:
        return UUID(hex=name) if where == host() else None
    except ValueError:
        return None


def own_zone(told: dict[str, Any]) -> str:
    """Whose clocks it is told by. UTC is an instant: it says when, and not where."""
    named = told["zone"] or ""
    return named if named != UTC and is_zone(named) else ""


def clocks_of(told: dict[str, Any], here: Meeting | None, chosen: str, of_calendar: str) -> str:
    """Its own; else, of an instant, those of the meeting that is here; else the chosen ones; else, of UTC, those that the
    calendar names for all: a zone that is told by rules alone is another. Empty where it must be asked."""
    if own := own_zone(told):
        return own
    is_instant = told["starts_at"] is not None
    if is_instant and here and is_zone(here.timezone):
        return here.timezone
    if is_zone(chosen):
        return chosen
    return of_calendar if told["zone"] == UTC and is_zone(of_calendar) else ""


def span_of(told: dict[str, Any], zone: str) -> tuple[Span | None, WhyNotTaken | None]:
    """When it is, or why nobody can know it. An hour is never guessed."""
    if told["status"] == "cancelled":
        return None, WhyNotTaken.CANCELLED
    if told["all_day"]:
        first, last = dt.date.fromisoformat(told["start"]), dt.date.fromisoformat(told["end"] or told["start"])
        midnight = dt.datetime.combine(first, dt.time(), dt.UTC)
        return Span(midnight, midnight, "", ImpreciseDate(first, max(first, last))), None
    if not zone:
        return None, WhyNotTaken.UNIVERSAL if told["zone"] == UTC else WhyNotTaken.NO_ZONE
    try:
        has_own = zone == own_zone(told)
        starts = _instant(told["start"], None if has_own else told["starts_at"], zone)
        ends = _instant(told["end"], None if has_own else told["ends_at"], zone) if told["end"] else starts + HOUR
    except NoSuchHour:
        return None, WhyNotTaken.SKIPPED
    except HourTwice:
        return None, WhyNotTaken.TWICE
    ends = max(ends, starts + dt.timedelta(minutes=1))
    return Span(starts, ends, zone, date_of(starts, ends, zone)), None


def _instant(local: str, at: str | None, zone: str) -> dt.datetime:
    """By its clocks; where UTC or rules of the file alone tell it, the instant they say."""
    return dt.datetime.fromisoformat(at) if at is not None else instant(dt.datetime.fromisoformat(local), zone)


@transaction.atomic
def take(
    *, calendar: BroughtCalendar, numbers: Collection[int], zone: str, language: Language, by: User
) -> list[Meeting]:
    """Chosen events become drafts; of those that are here already the hours are set. What cannot be taken is left as it is,
    and pressing twice makes nothing twice."""
    locks.hold(LOCK)
    rows = list(calendar.events.select_for_update(of=("self",)).filter(number__in=list(numbers)))
    made: dict[str, Meeting] = {}
    for each in proposed_by(calendar, rows, zone):
        if not each.may_be_taken or each.span is None or each.row.key in made:
            continue
        meeting = each.here or _draft(each, language, by)
        if each.span.zone:
            set_hours(meeting=meeting, starts_at=each.span.starts, ends_at=each.span.ends, zone=each.span.zone, by=by)
        elif each.here:
            change_meeting(meeting=meeting, by=by, date=each.span.date)
        each.row.meeting, each.row.taken_at = meeting, timezone.now()
        each.row.save(update_fields=["meeting", "taken_at"])
        told = {"calendar": calendar.pk, "line": each.row.told["line"], "uid": each.row.told["uid"]}
        history.record(verb="brought from a calendar", by=by, subject=meeting, **told)
        meeting.refresh_from_db()
        made[each.row.key] = meeting
    return list(made.values())


def _draft(each: Proposed, language: Language, by: User) -> Meeting:
    told = each.row.told
    assert each.span is not None  # for the types: it was asked for
    spoken = next((found for tag in told["languages"] if (found := known(tag))), language)
    meeting = add_meeting(
        title=(told["title"] or each.row.calendar.name)[:300],
        summary=without_ways_in(told["description"] or ""),
        language=spoken,
        kind=MeetingKind.EVENT,
        date=each.span.date,
        by=by,
    )
    if told["place"] and not is_way_in(told["place"]):
        change_meeting(meeting=meeting, by=by, venue=told["place"][:200])
    return meeting

"""Meetings as a calendar that phones and desks subscribe to: iCalendar (RFC 5545, RFC 7986).

One event a meeting, and one a session that has hours of its own, RELATED-TO its meeting. Times stand in the meeting's zone
with its VTIMEZONE; a meeting of which only the day is known is a whole day, and one of which not even that is known is left out.
What was cancelled stays, with a higher SEQUENCE, so that it vanishes from the calendars it is in. SEQUENCE is how many things
were done to the meeting (its history only grows), LAST-MODIFIED when the last of them was: the same data give the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Prefetch
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from plaza.accounts.access import Asker
from plaza.core.dates import Precision
from plaza.core.models import HistoryEntry
from plaza.core.site import absolute, host
from plaza.core.translations import Translated
from plaza.meetings.choices import MeetingMode, MeetingStatus, SessionKind
from plaza.meetings.models import Meeting, MeetingQuerySet, Session

PRODUCT: Final = "-//Plaza//Meetings of cities//ES"
REFRESH: Final = dt.timedelta(hours=6)
MOST: Final = 1000
STATUS: Final = {MeetingStatus.CANCELLED: "CANCELLED", MeetingStatus.POSTPONED: "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Revision:
    """How often a meeting was changed, and when for the last time."""

    number: int
    at: dt.datetime


def meetings_for_calendar(user: Asker, since: dt.date | None) -> MeetingQuerySet:
    """With all that a calendar tells of them, the earliest first; those of which a day is known, never a draft. `since`: not
    those that ended before."""
    sessions = (
        Session.objects.select_related("room")
        .prefetch_related("translations", "room__translations")
        .order_by("starts_at", "number")
    )
    rows = Meeting.objects.visible_to(user).exclude(status=MeetingStatus.DRAFT)
    rows = rows.filter(date_start__isnull=False, date_precision=Precision.DAY)
    rows = rows.filter(date_end__gte=since) if since else rows
    return rows.prefetch_related("translations", "topics", "places__country", Prefetch("sessions", sessions)).order_by(
        "date_start", "pk"
    )


def calendar_of(meetings: MeetingQuerySet, *, name: str, language: str, address: str) -> bytes:
    """`address`: where this calendar is fetched again. Nine queries, however many meetings (the first MOST of them)."""
    rows = list(meetings[:MOST])
    revisions = revisions_of(rows)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("url", address)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for meeting in rows:
        for event in _events(meeting, revisions[meeting.pk], language):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def revisions_of(meetings: Iterable[Meeting]) -> Mapping[int, Revision]:
    """By meeting. One query."""
    rows = {meeting.pk: Revision(0, meeting.updated_at) for meeting in meetings}
    told = HistoryEntry.objects.filter(subject_type=ContentType.objects.get_for_model(Meeting), subject_id__in=rows)
    for pk, number, at in told.values_list("subject_id").annotate(Count("pk"), Max("at")):
        rows[pk] = Revision(number, max(at, rows[pk].at))
    return rows


def _events(meeting: Meeting, revision: Revision, language: str) -> Iterable[Event]:
    zone = ZoneInfo(meeting.timezone) if meeting.timezone else dt.UTC
    event = _event(meeting, meeting.uuid.hex, revision, language)
    if meeting.starts_at and meeting.ends_at:
        event.add("dtstart", meeting.starts_at.astimezone(zone))
        event.add("dtend", meeting.ends_at.astimezone(zone))
    else:
        event.add("dtstart", meeting.date_start)
        # The first day that it is over (RFC 5545, 3.6.1).
        event.add("dtend", (meeting.date_end or meeting.date_start) + dt.timedelta(days=1))  # type: ignore[operator]  # has a day
        event.add("transp", "TRANSPARENT")
    status = STATUS.get(MeetingStatus(meeting.status), "CONFIRMED")
    event.add("status", status)
    event.add("url", absolute(meeting.get_absolute_url()))
    event.add("description", _description(meeting, language))
    _place(event, meeting)
    if topics := [topic.called for topic in meeting.topics.all()]:
        event.add("categories", topics)
    yield event
    sessions = [each for each in meeting.sessions.all() if each.starts_at and each.kind != SessionKind.BREAK]
    if len(sessions) < 2:
        return
    for session in sessions:
        part = _event(session, f"{meeting.uuid.hex}-{session.pk}", revision, language)
        part.add("dtstart", session.starts_at.astimezone(zone))  # type: ignore[union-attr]  # has hours
        part.add("dtend", session.ends_at.astimezone(zone))  # type: ignore[union-attr]  # as above
        part.add("status", "CANCELLED" if session.is_cancelled else status)
        part.add("url", absolute(meeting.get_absolute_url()))
        part.add("related-to", _uid(meeting.uuid.hex), parameters={"RELTYPE": "PARENT"})
        if session.room:
            part.add("location", ", ".join(filter(None, [session.room.words("name", language).text, meeting.venue])))
        yield part


def _event(record: Translated, name: str, revision: Revision, language: str) -> Event:
    event = Event()
    title = record.words("title", language)
    event.add("uid", _uid(name))
    event.add("summary", title.text or str(record), parameters={"LANGUAGE": title.language})
    event.add("dtstamp", revision.at)
    event.add("last-modified", revision.at)
    event.add("sequence", revision.number)
    return event


def _uid(name: str) -> str:
    return f"{name}@{host()}"


def _description(meeting: Meeting, language: str) -> vText:
    summary = meeting.words("summary", language)
    invented = _("Invented for the demonstration") if meeting.is_fictional else ""
    said = "\n\n".join(filter(None, [invented, summary.text, absolute(meeting.get_absolute_url())]))
    return vText(said, params={"LANGUAGE": summary.language})


def _place(event: Event, meeting: Meeting) -> None:
    cities = list(meeting.places.all())
    said = [meeting.venue, *(city.full_name for city in cities)]
    if meeting.mode == MeetingMode.ONLINE:
        said = [_("online")]
    if place := ", ".join(filter(None, said)):
        event.add("location", place)
    placed = [(city.latitude, city.longitude) for city in cities if city.latitude is not None and not city.is_fictional]
    if meeting.mode != MeetingMode.ONLINE and len(placed) == len(cities) == 1:
        event.add("geo", placed[0])

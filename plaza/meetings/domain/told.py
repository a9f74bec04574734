"""Changes of a programme in words, in the language being spoken: for the desk, and for the letters to those who registered."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext as _

from plaza.core.languages import NATIVE_NAMES
from plaza.core.translations import reader_language
from plaza.directory.models import Person
from plaza.meetings.choices import MeetingMode, MeetingStatus
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.differences import Change
from plaza.meetings.models import Room, Session
from plaza.meetings.zones import called


def in_words(changes: Iterable[Change], zone: str) -> list[str]:
    """One sentence each; hours by the clocks of `zone`, sessions and rooms by their names in this language. A query where
    people are named, and four at most for the names, however many changed."""
    rows = _in_this_language(list(changes))
    numbers = {one for row in rows if row["what"].startswith("people") for side in _sides(row) for one in side}
    people = {one.pk: one.called for one in Person.objects.filter(pk__in=numbers)} if numbers else {}
    return [_sentence(row, zone or "UTC", people) for row in rows]


def _in_this_language(rows: list[Change]) -> list[Change]:
    """A version keeps names as they were in their own language. Of what is still called so, the reader's name is said."""
    language, keys = reader_language(), {row["session"] for row in rows if "session" in row}
    sessions = Session.objects.filter(pk__in=keys).prefetch_related("translations").in_bulk() if keys else {}
    named = {row.get(side) for row in rows if row["what"] == "room" for side in ("before", "after")} - {None, ""}
    meetings = {session.meeting_id for session in sessions.values()}
    halls = Room.objects.filter(meeting__in=meetings, name__in=named) if named else Room.objects.none()
    rooms = {
        room.name: room.words("name", language).text
        for room in halls.select_related("meeting").prefetch_related("translations")
    }

    def said(row: Change) -> Change:
        session = sessions.get(row.get("session", 0))
        new = dict(row)
        if session and session.title and session.title == row.get("title"):
            new["title"] = session.words("title", language).text
        if row["what"] == "room":
            new |= {side: rooms.get(row[side], row[side]) for side in ("before", "after") if row.get(side)}
        return new

    return [said(row) for row in rows]


def _sides(row: Change) -> tuple[list[int], list[int]]:
    return row.get("before", []), row.get("after", [])


def _sentence(row: Change, zone: str, people: dict[int, str]) -> str:
    before, after = row.get("before"), row.get("after")
    show = _SHOWN.get(row["what"], _plain)
    named = {
        "session": row.get("title") or _("Session %(number)s") % {"number": row.get("number")},
        "before": _people(before, people) if row["what"].startswith("people") else show(before, zone),
        "after": _people(after, people) if row["what"].startswith("people") else show(after, zone),
    }
    return _said(row["what"], before, after) % named


def _said(what: str, before: Any, after: Any) -> str:
    if what == "room" and not before:
        return _("The room of “%(session)s”: %(after)s.")
    if what == "room" and not after:
        return _("“%(session)s” is no longer in the room %(before)s; its room will be told.")
    said: dict[str, str] = {
        "added": _("New: “%(session)s”, %(after)s."),
        "removed": _("“%(session)s” is no longer on the programme."),
        "cancelled": _("“%(session)s” was cancelled."),
        "not cancelled": _("“%(session)s” takes place after all."),
        "hours": _("“%(session)s” has another hour: %(after)s (before: %(before)s)."),
        "room": _("“%(session)s” has another room: %(after)s (before: %(before)s)."),
        "title": _("“%(before)s” is now called “%(after)s”."),
        "language": _("“%(session)s” is held in %(after)s and not in %(before)s."),
        "interpretation": _("Interpretation of “%(session)s”: %(after)s (before: %(before)s)."),
        "people replaced": _("In “%(session)s”, %(after)s in place of %(before)s."),
        "people gone": _("In “%(session)s”, without %(before)s."),
        "people come": _("In “%(session)s”, also %(after)s."),
        "meeting title": _("The meeting is now called “%(after)s”."),
        "meeting status": _("State of the meeting: %(after)s (before: %(before)s)."),
        "meeting timezone": _("The hours of the meeting are now told by the clocks of %(after)s, not of %(before)s."),
        "meeting hours": _("The meeting was to be %(before)s; it is now %(after)s."),
        "meeting mode": _("How one takes part: %(after)s (before: %(before)s)."),
        "meeting venue": _("Place: %(after)s (before: %(before)s)."),
    }
    return said[what]


def span(starts_at: dt.datetime | None, ends_at: dt.datetime | None, zone: str) -> str:
    """`12 de marzo de 2026, 09:00–10:30`, by the clocks of the zone."""
    if starts_at is None or ends_at is None:
        return _("at an hour to be told")
    starts, ends = wall_clock(starts_at, zone), wall_clock(ends_at, zone)
    first = f"{formats.date_format(starts, 'DATE_FORMAT')}, {starts:%H:%M}"
    if starts.date() == ends.date():
        return f"{first}–{ends:%H:%M}"
    return f"{first} – {formats.date_format(ends, 'DATE_FORMAT')}, {ends:%H:%M}"


def _hours(value: Any, zone: str) -> str:
    starts, ends = (dt.datetime.fromisoformat(each) if each else None for each in value or (None, None))
    return span(starts, ends, zone)


def _languages(value: Any, zone: str) -> str:
    codes = [value] if isinstance(value, str) else value or []
    return ", ".join(NATIVE_NAMES.get(code, code) for code in codes) or _("none")


def _state(value: Any, zone: str) -> str:
    return str(MeetingStatus(value).label) if value in MeetingStatus.values else _plain(value, zone)


def _mode(value: Any, zone: str) -> str:
    return str(MeetingMode(value).label) if value in MeetingMode.values else _plain(value, zone)


def _plain(value: Any, zone: str) -> str:
    return str(value or "") or _("not told")


def _people(numbers: Any, people: dict[int, str]) -> str:
    return ", ".join(people.get(one, _("somebody")) for one in numbers or [])


_SHOWN: Final[dict[str, Callable[[Any, str], str]]] = {
    "added": _hours,
    "hours": _hours,
    "meeting hours": _hours,
    "language": _languages,
    "interpretation": _languages,
    "meeting status": _state,
    "meeting mode": _mode,
    "meeting timezone": lambda value, zone: called(value) if value else _("not told"),
}

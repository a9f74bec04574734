"""The programme as readers see it: by day and hour, in the meeting's zone and in their own, by room, track and language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import formats

from plaza.core.dates import with_weekday
from plaza.core.languages import NATIVE_NAMES, Language
from plaza.core.translations import Words, reader_language
from plaza.meetings.choices import SessionKind
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.statements import Part, Place, parts_of, places_of
from plaza.meetings.domain.timetable import Table, table_of
from plaza.meetings.domain.voices import Voice, voices_of
from plaza.meetings.models import Meeting, Session
from plaza.meetings.zones import called

# Up to here a meeting's own page shows the programme whole.
SMALL: Final = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked for; nothing said is everything, in the meeting's own zone."""

    day: dt.date | None = None
    track: int | None = None
    language: Language | None = None
    zone: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.day or self.track or self.language)


class Hours(NamedTuple):
    """What clocks show when it begins and ends: in the meeting's zone, also in words, and in words in the reader's."""

    starts: dt.datetime
    ends: dt.datetime
    here: str
    theirs: str


_NO_DAY: Final = dt.datetime(1, 1, 1)  # noqa: DTZ001  what a wall clock shows has no zone
UNTOLD: Final = Hours(_NO_DAY, _NO_DAY, "", "")


class Slot(NamedTuple):
    """A session on the page. `starts` and `ends` are what the clocks of the meeting's zone show."""

    session: Part | Session
    title: Words
    starts: dt.datetime
    ends: dt.datetime
    room: int | None
    room_name: Words | None
    track_name: Words | None
    hours: str
    theirs: str
    spoken: str
    into: str
    voices: list[Voice]
    url: str

    @property
    def kind(self) -> str:
        return "" if self.session.kind == SessionKind.TALK else self.kind_called

    @property
    def kind_called(self) -> str:
        return str(SessionKind(self.session.kind).label)


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    table: Table[Slot]
    rooms: list[Words | None]

    @property
    def called(self) -> str:
        return with_weekday(self.date)


@dataclass(slots=True)
class Programme:
    """`loose` have no hour yet. `dates`, `tracks` and `languages` are what one may choose among."""

    days: list[Day] = field(default_factory=list)
    loose: list[Slot] = field(default_factory=list)
    dates: list[dt.date] = field(default_factory=list)
    tracks: list[Place] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    zone: str = ""
    their_zone: str = ""
    count: int = 0

    @property
    def zone_called(self) -> str:
        return called(self.zone) if self.zone else ""

    @property
    def their_zone_called(self) -> str:
        return called(self.their_zone) if self.their_zone else ""


def programme_of(meeting: Meeting, wanted: Wanted = Wanted()) -> Programme:
    """Three queries, however many sessions there are."""
    reading = reader_language()
    rooms, tracks = places_of(meeting.pk, reading)
    sessions, titles = parts_of(meeting.pk, reading)
    zone = meeting.clocks
    by_day = {row.pk: wall_clock(row.starts_at, zone).date() for row in sessions if row.starts_at}
    voices = voices_of(meeting)
    theirs = wanted.zone if wanted.zone != meeting.timezone else ""
    clerk = Clerk(meeting, zone, theirs, dict(rooms), dict(tracks), voices, titles, address_of(meeting))
    shown = [
        row
        for row in sessions
        if _is_wanted(row, by_day.get(row.pk), wanted)
        # The one it was made with, of which nothing was ever told.
        and (row.title or row.starts_at or row.pk in voices or len(sessions) == 1)
    ]
    slots = [clerk.slot(row) for row in shown if row.starts_at]
    order = [row.pk for row in rooms]
    days = []
    for date, of_day in groupby(slots, key=lambda slot: slot.starts.date()):
        table = table_of(of_day, order)
        days.append(Day(date, table, [clerk.rooms.get(key) for key in table.columns]))
    heard = {row.language for row in sessions} | {code for row in sessions for code in row.interpretation}
    return Programme(
        days=days,
        loose=[clerk.slot(row) for row in shown if not row.starts_at],
        dates=sorted(set(by_day.values())),
        tracks=tracks,
        languages=[code for code in NATIVE_NAMES if code in heard],  # type: ignore[misc]  # its keys are languages
        zone=meeting.timezone,
        their_zone=theirs,
        count=len(shown),
    )


def address_of(meeting: Meeting) -> str:
    return reverse("meetings:session", args=[meeting.slug, 0])


def _is_wanted(row: Part, day: dt.date | None, wanted: Wanted) -> bool:
    return (
        (wanted.day is None or day == wanted.day)
        and (wanted.track is None or row.track_id in (wanted.track, None))
        and (wanted.language is None or wanted.language in (row.language, *row.interpretation))
    )


@dataclass(frozen=True, slots=True)
class Clerk:
    """Puts sessions as readers see them. What rooms and tracks are called, titles and voices were read before."""

    meeting: Meeting
    zone: str
    theirs: str
    rooms: Mapping[int | None, Words]
    tracks: Mapping[int | None, Words]
    voices: dict[int, list[Voice]]
    titles: dict[int, Words]
    # Of a session numbered 0: an address is not made 300 times.
    address: str
    # Many sessions begin and end alike.
    _hours: dict[tuple[dt.datetime, dt.datetime], Hours] = field(default_factory=dict)

    def slot(self, row: Part | Session) -> Slot:
        hours = self.hours(row)
        is_told = bool(row.interpretation) or row.language != self.meeting.language
        return Slot(
            row,
            self.titles[row.pk],
            hours.starts,
            hours.ends,
            row.room_id,
            self.rooms.get(row.room_id),
            self.tracks.get(row.track_id),
            hours.here,
            hours.theirs,
            NATIVE_NAMES.get(row.language, "") if is_told else "",
            ", ".join(NATIVE_NAMES.get(code, code) for code in row.interpretation),
            self.voices.get(row.pk, []),
            self.address.replace("/0/", f"/{row.number}/"),
        )

    def hours(self, row: Part | Session) -> Hours:
        if row.starts_at is None or row.ends_at is None:
            return UNTOLD
        key = (row.starts_at, row.ends_at)
        if (found := self._hours.get(key)) is None:
            starts, ends = (wall_clock(at, self.zone) for at in key)
            theirs = self.elsewhere(row.starts_at, row.ends_at, starts) if self.theirs else ""
            found = self._hours[key] = Hours(starts, ends, f"{starts:%H:%M}–{ends:%H:%M}", theirs)
        return found

    def elsewhere(self, starts_at: dt.datetime, ends_at: dt.datetime, here: dt.datetime) -> str:
        """With its day, where that is another there."""
        starts, ends = wall_clock(starts_at, self.theirs), wall_clock(ends_at, self.theirs)
        day = "" if starts.date() == here.date() else formats.date_format(starts, "MONTH_DAY_FORMAT") + ", "
        return f"{day}{starts:%H:%M}–{ends:%H:%M}"

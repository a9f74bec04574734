"""The programme as readers see it: by day and hour, in the meeting's zone and in their own, by room, track and language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils import formats

from plaza.core.languages import NATIVE_NAMES, Language
from plaza.core.translations import Words, read_translations, reader_language, said_in
from plaza.meetings.choices import SessionKind
from plaza.meetings.domain.clocks import moment, seconds, wall_clock
from plaza.meetings.domain.timetable import Table, table_of
from plaza.meetings.domain.voices import Voice, voices_of
from plaza.meetings.models import Meeting, Room, Session, Track
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


class Part(NamedTuple):
    """Of a session what a programme tells. Rows and no records: a summit has 300, and a record takes longer than its line."""

    pk: int
    number: int
    title: str
    language: str
    kind: str
    track_id: int | None
    room_id: int | None
    interpretation: list[str]
    is_cancelled: bool
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None


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
        return str(formats.date_format(self.date, "l")).capitalize() + ", " + formats.date_format(self.date)


@dataclass(slots=True)
class Programme:
    """`loose` have no hour yet. `dates`, `tracks` and `languages` are what one may choose among."""

    days: list[Day] = field(default_factory=list)
    loose: list[Slot] = field(default_factory=list)
    dates: list[dt.date] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
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
    """Six queries, however many sessions there are; one of them reads the translations of the meeting too."""
    tracks = list(Track.objects.filter(meeting=meeting))
    rooms = list(Room.objects.filter(meeting=meeting))
    sessions = _parts(meeting)
    read_translations([meeting, *tracks, *rooms])
    titles = said_in(reader_language(), Session, sessions, "title", meeting.sessions.order_by().values("pk"))
    zone = meeting.timezone or "UTC"
    by_day = {row.pk: wall_clock(row.starts_at, zone).date() for row in sessions if row.starts_at}
    voices = voices_of(meeting)
    theirs = wanted.zone if wanted.zone != meeting.timezone else ""
    by_room, by_track = {row.pk: row for row in rooms}, {row.pk: row for row in tracks}
    clerk = Clerk(meeting, zone, theirs, by_room, by_track, voices, titles, address_of(meeting))
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
        days.append(Day(date, table, [clerk.room(key) for key in table.columns]))
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


def _parts(meeting: Meeting) -> list[Part]:
    """Hours come as seconds: they are read ten times as fast, and many sessions begin at the same."""
    rows = meeting.sessions.annotate(begins=seconds("starts_at"), ends=seconds("ends_at"))
    in_order = rows.order_by(F("starts_at").asc(nulls_last=True), "number")
    facts = in_order.values_list(*Part._fields[:-2], "begins", "ends")
    return [
        Part._make((*told, None if begins is None else moment(begins), None if ends is None else moment(ends)))
        for *told, begins, ends in facts
    ]


@dataclass(frozen=True, slots=True)
class Clerk:
    """Puts sessions as readers see them. Rooms and tracks, translations and voices were read before."""

    meeting: Meeting
    zone: str
    theirs: str
    rooms: dict[int, Room]
    tracks: dict[int, Track]
    voices: dict[int, list[Voice]]
    titles: dict[int, Words]
    # Of a session numbered 0: an address is not made 300 times.
    address: str
    reading: Language = field(default_factory=reader_language)
    # What many sessions are told of alike.
    _said: dict[tuple[str, int], Words] = field(default_factory=dict)
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
            self.room(row.room_id),
            self.track(row.track_id),
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

    def room(self, key: int | None) -> Words | None:
        return self._name("room", key, self.rooms)

    def track(self, key: int | None) -> Words | None:
        return self._name("track", key, self.tracks)

    def _name(self, what: str, key: int | None, rows: "Mapping[int, Room] | Mapping[int, Track]") -> Words | None:
        if not key:
            return None
        if (words := self._said.get((what, key))) is None:
            words = self._said[what, key] = rows[key].words("name", self.reading)
        return words

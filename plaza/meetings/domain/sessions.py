"""A meeting's page: its sessions with what they left behind, or, of a large one, how many there are on which day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from plaza.accounts.access import Asker
from plaza.core.translations import Translated, Words, read_translations, reader_language
from plaza.knowledge.models import Work
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.programme_page import Clerk, Slot, Wanted, address_of
from plaza.meetings.domain.voices import voices_of
from plaza.meetings.models import Meeting, Session
from plaza.meetings.zones import called


@dataclass(frozen=True, slots=True)
class Heap:
    slot: Slot
    works: list[Work]


@dataclass(slots=True)
class Told:
    """`heaps` of a small meeting; of a large one `days`, and `works` all together."""

    heaps: list[Heap] = field(default_factory=list)
    days: list[tuple[dt.date, int]] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    count: int = 0
    their_zone: str = ""
    # Whether any session has its hour.
    is_timed: bool = False

    @property
    def spans_days(self) -> bool:
        return len({heap.slot.starts.date() for heap in self.heaps if heap.slot.hours}) > 1

    @property
    def their_zone_called(self) -> str:
        return called(self.their_zone) if self.their_zone else ""


def told_of(
    meeting: Meeting,
    user: Asker,
    wanted: Wanted,
    *,
    most: int,
    only: Session | None = None,
    also: Sequence[Translated],
) -> Told:
    """Three queries and one for the translations, which reads those of `also` too; `only` one of its sessions."""
    rows = meeting.sessions.select_related("track", "room").order_by(F("starts_at").asc(nulls_last=True), "number")
    sessions = [only] if only else list(rows.defer("summary")[: most + 1])
    is_large = len(sessions) > most
    works = _works(sessions, meeting, user, all_of_it=is_large)
    flat = list({work.pk: work for of_one in works.values() for work in of_one}.values())
    theirs = wanted.zone if wanted.zone and wanted.zone != meeting.timezone and meeting.starts_at else ""
    if is_large:
        read_translations([*also, *flat])
        starts = list(meeting.sessions.values_list("starts_at", flat=True))
        days = Counter(wall_clock(at, meeting.clocks).date() for at in starts if at)
        return Told([], sorted(days.items()), flat, len(starts), theirs, bool(days))
    rooms = {row.room_id: row.room for row in sessions if row.room_id and row.room}
    tracks = {row.track_id: row.track for row in sessions if row.track_id and row.track}
    read_translations([*also, *sessions, *rooms.values(), *tracks.values(), *flat])
    voices = voices_of(meeting)
    language = reader_language()
    titles = {row.pk: row.words("title", language) for row in sessions}
    called_rooms: dict[int | None, Words] = {pk: row.words("name", language) for pk, row in rooms.items()}
    called_tracks: dict[int | None, Words] = {pk: row.words("name", language) for pk, row in tracks.items()}
    clerk = Clerk(meeting, meeting.clocks, theirs, called_rooms, called_tracks, voices, titles, address_of(meeting))
    heaps = [Heap(clerk.slot(row), works[row.pk]) for row in sessions]
    return Told(heaps, [], [], len(heaps), theirs, any(row.starts_at for row in sessions))


def _works(sessions: list[Session], meeting: Meeting, user: Asker, *, all_of_it: bool) -> dict[int, list[Work]]:
    rows = Session.works.through.objects.filter(work__in=Work.objects.visible_to(user))
    links = rows.filter(session__meeting=meeting) if all_of_it else rows.filter(session__in=sessions)
    found: dict[int, list[Work]] = defaultdict(list)
    # Not `for_links`: its translations are read with the others.
    for link in links.select_related("work__recording", "work__material").order_by("work"):
        found[link.session_id].append(link.work)
    return found

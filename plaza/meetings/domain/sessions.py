"""Sessions as a meeting's page tells of them, with what they left behind, or, of a large one, how many there are on which day;
and a session's own page."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from plaza.accounts.access import Asker
from plaza.core.translations import Words, read_translations, reader_language
from plaza.knowledge.models import Work
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.meeting_statement import Read
from plaza.meetings.domain.programme_page import Clerk, Slot, Wanted, address_of
from plaza.meetings.domain.statements import places_of
from plaza.meetings.domain.voices import voices_from, voices_of
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


def told_of_small(read: Read, works: dict[int, list[Work]], theirs: str) -> Told:
    """Its sessions, each with what it left behind. One query where they have rooms or tracks."""
    meeting = read.meeting
    rooms, tracks = places_of(meeting.pk, reader_language()) if read.has_places else ([], [])
    clerk = Clerk(
        meeting,
        meeting.clocks,
        theirs,
        dict(rooms),
        dict(tracks),
        voices_from(read.ways),
        read.titles,
        address_of(meeting),
    )
    heaps = [Heap(clerk.slot(part), works.get(part.pk, [])) for part in read.parts]
    return Told(heaps, [], [], len(heaps), theirs, any(part.starts_at for part in read.parts))


def told_of_large(meeting: Meeting, works: dict[int, list[Work]], theirs: str) -> Told:
    """How many sessions there are on which day, and all that they left behind. One query."""
    flat = list({work.pk: work for of_one in works.values() for work in of_one}.values())
    starts = list(meeting.sessions.values_list("starts_at", flat=True))
    days = Counter(wall_clock(at, meeting.clocks).date() for at in starts if at)
    return Told([], sorted(days.items()), flat, len(starts), theirs, bool(days))


def told_of_one(session: Session, user: Asker, wanted: Wanted) -> Told:
    """A session's own page. Three queries, and its translations are read with those of its meeting."""
    meeting = session.meeting
    works = works_of(meeting, user, [session.pk])
    theirs = zone_of_reader(meeting, wanted)
    places = [each for each in (session.room, session.track) if each]
    read_translations([meeting, session, *places, *works.get(session.pk, [])])
    language = reader_language()
    rooms: dict[int | None, Words] = {each.pk: each.words("name", language) for each in (session.room,) if each}
    tracks: dict[int | None, Words] = {each.pk: each.words("name", language) for each in (session.track,) if each}
    titles = {session.pk: session.words("title", language)}
    voices = voices_of(meeting)
    clerk = Clerk(meeting, meeting.clocks, theirs, rooms, tracks, voices, titles, address_of(meeting))
    heaps = [Heap(clerk.slot(session), works.get(session.pk, []))]
    return Told(heaps, [], [], 1, theirs, bool(session.starts_at))


def zone_of_reader(meeting: Meeting, wanted: Wanted) -> str:
    """Nothing where it is the meeting's own, or the meeting has no hours."""
    return wanted.zone if wanted.zone and wanted.zone != meeting.timezone and meeting.starts_at else ""


def works_of(meeting: Meeting, user: Asker, sessions: Sequence[int] | None = None) -> dict[int, list[Work]]:
    """By session; those of all its sessions, or of some. One query; their translations are read with others of the page."""
    rows = Session.works.through.objects.filter(work__in=Work.objects.visible_to(user))
    links = rows.filter(session__meeting=meeting) if sessions is None else rows.filter(session__in=sessions)
    found: dict[int, list[Work]] = defaultdict(list)
    # Not `for_links`: its translations are read with the others.
    for link in links.select_related("work__recording", "work__material").order_by("work"):
        found[link.session_id].append(link.work)
    return found

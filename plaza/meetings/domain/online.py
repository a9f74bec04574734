"""A meeting's place online: where it is, when its door is open, and who is led in. Speaking with a video server is slow: it is
done outside of any transaction."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.languages import DEFAULT, known
from plaza.core.records import changed
from plaza.core.registry import Registry
from plaza.core.site import absolute
from plaza.meetings.choices import BEEN_HELD, MeetingStatus, VenueKind
from plaza.meetings.models import OPENS_BEFORE, Meeting, OnlineVenue
from plaza.venues.configured import bigbluebutton
from plaza.venues.plain_link import PlainLink, link_of
from plaza.venues.venue import Guest, Opened, Room, Venue, VenueDown, WhyDown

log = logging.getLogger(__name__)

# Meetings last longer than they were to, and a line that broke is made again.
STAYS_OPEN: Final = dt.timedelta(minutes=30)
# A room that the server was asked for just now is there.
AGAIN_AFTER: Final = dt.timedelta(seconds=30)
# If nobody ends it, the server does so many hours after the meeting.
ENDS_BY_ITSELF: Final = dt.timedelta(hours=6)
# Opened later than that, to try it out or to go on.
ENDS_AFTER: Final = dt.timedelta(hours=4)
# Whoever ends a room ends it for that day. Evenings that last beyond midnight belong to the day before.
DAY_BEGINS: Final = dt.timedelta(hours=4)

# Addresses of ours that a room tells of its end, by what the tool calls them.
telling: Final[Registry[Callable[[Meeting], Mapping[str, str]]]] = Registry("what a room tells of its end")
# Rooms above that still read what happened in a meeting's room: its place stays until they have.
still_reading: Final[Registry[Callable[[Meeting], bool]]] = Registry("what still reads a room")


class Door(StrEnum):
    """How it stands with the way in."""

    NONE = "none"
    NO_HOURS = "no-hours"
    NOT_YET = "not-yet"
    OPEN = "open"
    OVER = "over"
    OFF = "off"


class NoServer(Exception):
    """A room of BigBlueButton, and no server is set for it."""


class WhyInUse(StrEnum):
    """Msgids, whole sentences."""

    OPEN = gettext_noop("The room is open: end it for everybody first, wait a few minutes, and then change the place.")
    READING = gettext_noop(
        "Who was in the room is not written down yet: it takes up to an hour after its end. Change the place then."
    )


class InUse(Exception):
    """Another place would lose who came, and leave a room open that nobody looks into. `why` is a WhyInUse."""

    def __init__(self, why: WhyInUse) -> None:
        super().__init__(why.name)
        self.why = why


@transaction.atomic
def set_online(
    *,
    meeting: Meeting,
    kind: VenueKind,
    by: User | None,
    address: str = "",
    records: bool = False,
    opens_before: int = OPENS_BEFORE,
) -> OnlineVenue:
    """Set again as it is, nothing is written. Raises NotALink, NoServer, InUse."""
    is_plain = kind == VenueKind.PLAIN
    if not is_plain and bigbluebutton() is None:
        raise NoServer
    values = {
        "kind": kind,
        "address": link_of(address) if is_plain else "",
        "records": records and not is_plain,
        "opens_before": opens_before,
    }
    row = OnlineVenue.objects.select_for_update().filter(meeting=meeting).first()
    if row is None:
        row = OnlineVenue.objects.create(meeting=meeting, **values)
        fields = list(values)
    else:
        before = row.kind, row.address
        fields = changed(row, values, tuple(values))
        if before != (row.kind, row.address):
            _refuse_in_use(row)
            row.closed_at = None  # another place was ended by nobody
        if fields:
            row.save(update_fields=[*fields, "closed_at"])
    if fields:
        # Not the address: who reads the history need not have a place.
        history.record(verb="place online set", by=by, subject=meeting, kind=kind, fields=fields)
    return row


@transaction.atomic
def forget_online(*, meeting: Meeting, by: User | None) -> None:
    """Raises InUse."""
    row = OnlineVenue.objects.select_for_update().filter(meeting=meeting).first()
    if row is not None:
        _refuse_in_use(row)
        row.delete()
        history.record(verb="place online taken away", by=by, subject=meeting)


def _refuse_in_use(row: OnlineVenue) -> None:
    if row.opened_at is not None and row.ended_at is None:
        raise InUse(WhyInUse.OPEN)
    if any(reads(row.meeting) for _name, reads in still_reading.items()):
        raise InUse(WhyInUse.READING)


def online_venue_of(meeting: Meeting) -> OnlineVenue | None:
    """No query where it was read with the meeting."""
    found: OnlineVenue | None = getattr(meeting, "online_venue", None)
    return found


def door_of(row: OnlineVenue | None, now: dt.datetime | None = None) -> Door:
    if row is None:
        return Door.NONE
    meeting, now = row.meeting, now or timezone.now()
    if meeting.is_off or meeting.status == MeetingStatus.DRAFT:
        return Door.OFF
    if meeting.status in BEEN_HELD or (row.closed_at is not None and _day(row, row.closed_at) == _day(row, now)):
        return Door.OVER
    opens = opens_at(row)
    if opens is None or meeting.ends_at is None:
        return Door.NO_HOURS
    if now < opens:
        return Door.NOT_YET
    return Door.OPEN if now < meeting.ends_at + STAYS_OPEN else Door.OVER


def _day(row: OnlineVenue, at: dt.datetime) -> dt.date:
    return (at.astimezone(ZoneInfo(row.meeting.clocks)) - DAY_BEGINS).date()


def opens_at(row: OnlineVenue) -> dt.datetime | None:
    begins = row.meeting.starts_at
    return begins - dt.timedelta(minutes=row.opens_before) if begins else None


def venue_of(row: OnlineVenue) -> Venue:
    """Raises VenueDown where the host took the server away."""
    if row.kind == VenueKind.PLAIN:
        return PlainLink(row.address)
    server = bigbluebutton()
    if server is None:
        raise VenueDown(WhyDown.NOT_SET)
    return server


def lead_in(row: OnlineVenue, guest: Guest, *, opens_again: bool = False) -> str:
    """The address by which she goes in, hers alone where the tool knows people; whether she may is asked before. A room
    that nobody has opened yet is opened; for those who run the network (`opens_again`) one that they ended too. Raises
    VenueDown."""
    venue = venue_of(row)
    now = timezone.now()
    if row.asked_at is not None and row.ended_at is None and now - row.asked_at < AGAIN_AFTER:
        return venue.address_for(row.room, guest, Opened(row.since))
    try:
        opened = venue.open(_room(row))
    except VenueDown as reason:
        log.warning("the room of meeting %s was not opened: %s", row.meeting_id, reason)
        raise
    if row.kind != VenueKind.PLAIN:
        _note_opened(row, opened, now, opens_again)
    return venue.address_for(row.room, guest, opened)


@transaction.atomic
def _note_opened(row: OnlineVenue, opened: Opened, now: dt.datetime, opens_again: bool) -> None:
    here = OnlineVenue.objects.select_for_update().get(pk=row.pk)
    is_new = here.since != opened.since or here.opened_at is None or here.ended_at is not None
    here.since, here.asked_at = opened.since, now
    if is_new:
        here.opened_at, here.ended_at = here.opened_at or now, None
        history.record(verb="room online opened", by=None, subject=row.meeting)
    if opens_again:
        here.closed_at = None
    here.save(update_fields=["since", "asked_at", "opened_at", "ended_at", "closed_at"])


def _room(row: OnlineVenue) -> Room:
    meeting = row.meeting
    language = known(meeting.language) or DEFAULT
    with translation.override(language):
        back = absolute(meeting.get_absolute_url())
        welcome = _("Welcome to “%(title)s”.") % {"title": meeting.title}
    minutes = 0
    if meeting.ends_at is not None:
        left = meeting.ends_at + ENDS_BY_ITSELF - timezone.now()
        minutes = int((left if left > ENDS_AFTER else ENDS_AFTER).total_seconds() // 60)
    tells = {name: address for _name, of in telling.items() for name, address in of(meeting).items()}
    return Room(row.room, meeting.title, row.records, welcome, back, minutes, tells)


def address_of_the_end(meeting: Meeting) -> dict[str, str]:
    """Where we hear that a room has ended."""
    return {"endCallbackUrl": absolute(reverse("rooms:ended", args=[meeting.uuid]))}


def end_room(*, meeting: Meeting, by: User) -> None:
    """For everybody in it; that day nobody opens it again but those who run the network. Ended twice is ended once. Raises
    VenueDown."""
    row = online_venue_of(meeting)
    if row is None or row.kind == VenueKind.PLAIN or row.opened_at is None or row.ended_at is not None:
        return
    venue_of(row).end(row.room)
    OnlineVenue.objects.filter(pk=row.pk).update(closed_at=timezone.now(), asked_at=None)
    history.record(verb="room online ended", by=by, subject=meeting)
    # The server takes some seconds to end it, and then says so.
    jobs.later("plaza.meetings.tasks.look_into_rooms", once_as="look into rooms", timestamp=0)

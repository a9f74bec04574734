"""A room opens, closes, and has its rules."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.live.models import Pulse, Room, room_stays_closed
from plaza.meetings.choices import MeetingStatus
from plaza.meetings.models import Meeting


class RoomClosed(Exception):
    """Nobody asks, seconds or votes now."""


class NotAnnounced(Exception):
    """Nobody knows of the meeting yet."""


class MeetingOver(Exception):
    """It ended, or will not be (then): its room stays closed."""


def room_of(meeting: Meeting) -> Room:
    """The one there is, or one that is not kept yet."""
    return Room.objects.filter(meeting=meeting).first() or Room(meeting=meeting)


def held(room: Room) -> Room:
    """The room as it stands now, held until the deed is done: one deed at a time in each room."""
    Pulse.objects.select_for_update().get(room=room)
    return Room.objects.select_related("meeting").get(pk=room.pk)


def beat(room: Room) -> None:
    """There is something new to see."""
    Pulse.objects.filter(room=room).update(number=F("number") + 1)


def _prepared(meeting: Meeting) -> Room:
    room, _ = Room.objects.get_or_create(meeting=meeting)
    Pulse.objects.get_or_create(room=room)
    return held(room)


@transaction.atomic
def open_room(*, meeting: Meeting, by: User | None) -> Room:
    """For the first time or again. Raises NotAnnounced, MeetingOver."""
    if meeting.status == MeetingStatus.DRAFT:
        raise NotAnnounced(meeting.status)
    if room_stays_closed(meeting):
        raise MeetingOver(meeting.status)
    room = _prepared(meeting)
    if room.is_open:
        return room
    room.opened_at, room.closed_at = timezone.now(), None
    room.save(update_fields=["opened_at", "closed_at"])
    history.record(verb="room opened", by=by, subject=room)
    beat(room)
    return room


@transaction.atomic
def close_room(*, meeting: Meeting, by: User | None) -> Room:
    """What was asked stays, and is read."""
    room = _prepared(meeting)
    if not room.is_left_open:
        return room
    room.closed_at = timezone.now()
    room.save(update_fields=["closed_at"])
    history.record(verb="room closed", by=by, subject=room)
    beat(room)
    return room


@transaction.atomic
def set_rules(*, meeting: Meeting, takes_questions: bool, waits_for_moderator: bool, by: User | None) -> Room:
    """Set as they are, nothing is written."""
    room = _prepared(meeting)
    if (room.takes_questions, room.waits_for_moderator) != (takes_questions, waits_for_moderator):
        room.takes_questions, room.waits_for_moderator = takes_questions, waits_for_moderator
        room.save(update_fields=["takes_questions", "waits_for_moderator"])
        history.record(verb="rules of the room set", by=by, subject=room)
        beat(room)
    return room

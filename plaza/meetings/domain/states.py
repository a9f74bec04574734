"""The way of a meeting: draft → announced → registration open → … → archived, or cancelled, or postponed."""

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.meetings.choices import AHEAD, MOVES, MeetingStatus
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.domain.versions import note_first
from plaza.meetings.models import Meeting


class NotAllowed(Exception):
    """From the state it is in there is no such move."""


def moves_of(meeting: Meeting) -> tuple[MeetingStatus, ...]:
    return MOVES[MeetingStatus(meeting.status)]


@transaction.atomic
def move_meeting(*, meeting: Meeting, to: MeetingStatus, by: User | None, why: str = "") -> bool:
    """Moved again to where it is, nothing happens. What it is when people are first told of it is the first version."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.status == to:
        return False
    if to not in moves_of(row):
        raise NotAllowed(f"{row.status} → {to}")
    before = row.status
    change_meeting(meeting=row, status=to, by=by)
    history.record(verb=f"meeting {to}", by=by, subject=row, why=why, before=before)
    if to in AHEAD:
        note_first(meeting=row, by=by)
    return True

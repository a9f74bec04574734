"""When a meeting is, to the minute and in its own zone. Its imprecise date follows from its hours."""

import datetime as dt
from enum import StrEnum

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.dates import COLUMNS, ImpreciseDate
from plaza.meetings.domain.clocks import moved, wall_clock
from plaza.meetings.models import Meeting, Session
from plaza.meetings.zones import is_zone


class EndsBeforeItStarts(Exception):
    """The end is not after the start."""


class UnknownZone(Exception):
    """No zone of that name."""


class Keeps(StrEnum):
    """What stays when a meeting is moved to another zone: what the clock on the wall shows, or the instant itself."""

    WALL_CLOCK = "wall"
    INSTANT = "instant"


@transaction.atomic
def set_hours(
    *, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, zone: str, by: User | None
) -> list[str]:
    """Sessions stay where they are: those that are outside now are shown as conflicts."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    return _write(row, starts_at, ends_at, zone, by)


@transaction.atomic
def forget_hours(*, meeting: Meeting, by: User | None) -> None:
    """Only the date is known, as of old meetings."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.starts_at is None:
        return
    row.starts_at = row.ends_at = None
    row.save(update_fields=["starts_at", "ends_at", "updated_at"])
    history.record(verb="hours taken away", by=by, subject=row)


@transaction.atomic
def move_to_zone(*, meeting: Meeting, zone: str, keeps: Keeps, by: User | None) -> list[str]:
    """Its sessions move with it. Raises clocks.NoSuchHour where a wall clock of the new zone skips one of the hours;
    nothing has moved then."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not is_zone(zone):
        raise UnknownZone(zone)
    if row.timezone == zone:
        return []
    before = row.timezone
    starts, ends = row.starts_at, row.ends_at
    if keeps == Keeps.WALL_CLOCK and before:
        starts = moved(starts, before, zone) if starts else None
        ends = moved(ends, before, zone) if ends else None
        sessions = list(row.sessions.select_for_update().filter(starts_at__isnull=False))
        for session in sessions:
            session.starts_at, session.ends_at = (
                moved(at, before, zone) if at else None for at in (session.starts_at, session.ends_at)
            )
        Session.objects.bulk_update(sessions, ["starts_at", "ends_at"])
    if starts is None or ends is None:
        row.timezone = zone
        row.save(update_fields=["timezone", "updated_at"])
    else:
        _write(row, starts, ends, zone, by=None, is_told=False)
    history.record(verb="moved to another zone", by=by, subject=row, zone=zone, before=before, keeps=str(keeps))
    return ["timezone"]


def _write(
    row: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, zone: str, by: User | None, is_told: bool = True
) -> list[str]:
    if not is_zone(zone):
        raise UnknownZone(zone)
    if ends_at <= starts_at:
        raise EndsBeforeItStarts
    wanted = {"starts_at": starts_at, "ends_at": ends_at, "timezone": zone}
    fields = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not fields:
        return []
    row.starts_at, row.ends_at, row.timezone = starts_at, ends_at, zone
    row.date = date_of(starts_at, ends_at, zone)
    row.save(update_fields=[*fields, *COLUMNS, "updated_at"])
    if is_told:
        history.record(verb="hours set", by=by, subject=row, fields=fields)
    return fields


def date_of(starts_at: dt.datetime, ends_at: dt.datetime, zone: str) -> ImpreciseDate:
    """The days it touches there; what ends at midnight does not touch the next."""
    last = wall_clock(ends_at - dt.timedelta(microseconds=1), zone)
    return ImpreciseDate(wall_clock(starts_at, zone).date(), last.date())

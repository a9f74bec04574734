"""A calendar that was brought in holds private appointments, too: it does not stay longer than it is needed."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history, locks
from plaza.ingest.domain.calendars import LOCK
from plaza.ingest.models import BroughtCalendar

KEPT: Final = dt.timedelta(days=60)


@transaction.atomic
def remove_calendar(*, calendar: BroughtCalendar, by: User) -> None:
    """The meetings that were made of it stay."""
    locks.hold(LOCK)
    if BroughtCalendar.objects.filter(pk=calendar.pk).exists():
        history.record(verb="calendar removed", by=by, subject=calendar)
        BroughtCalendar.objects.filter(pk=calendar.pk).delete()


@transaction.atomic
def put_rest_aside(*, calendar: BroughtCalendar, by: User) -> int:
    """Somebody has taken what she wanted: the other events are forgotten, and what could not be read; only how many they were
    is kept. How many."""
    locks.hold(LOCK)
    row = BroughtCalendar.objects.filter(pk=calendar.pk).first()
    rest, _ = row.events.filter(taken_at=None).delete() if row else (0, {})
    if row and rest:
        row.reading |= {"put_aside": [], "rest": row.reading.get("rest", 0) + rest}
        row.save(update_fields=["reading"])
        history.record(verb="rest of a calendar put aside", by=by, subject=row, events=rest)
    return rest


@transaction.atomic
def forget_old() -> int:
    """Those of which nobody took anything. How many."""
    locks.hold(LOCK)
    old = BroughtCalendar.objects.filter(brought_at__lt=timezone.now() - KEPT)
    untaken = old.exclude(events__taken_at__isnull=False)
    return untaken.delete()[1].get("ingest.BroughtCalendar", 0)

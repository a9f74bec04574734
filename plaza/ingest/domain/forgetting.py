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
def forget_old() -> int:
    """Those of which nobody took anything. How many."""
    locks.hold(LOCK)
    old = BroughtCalendar.objects.filter(brought_at__lt=timezone.now() - KEPT)
    untaken = old.exclude(events__taken_at__isnull=False)
    return untaken.delete()[1].get("ingest.BroughtCalendar", 0)

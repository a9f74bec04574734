"""Which post somebody held on the day of a session: mayors change, and what was true then stays."""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from plaza.directory.models import Person
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.models import Session


def post_on(person: Person, session: Session) -> dict[str, Any]:
    """As `put_on_stage` takes it; empty where the directory knows of none. Of several, the one begun last."""
    day = _day_of(session)
    held = person.memberships.filter(Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day))
    rows = held.select_related("post__city", "post__organization").order_by(F("start").desc(nulls_last=True), "-pk")
    found = rows.first()
    if found is None:
        return {"affiliation": "", "city": None, "organization": None}
    return {"affiliation": found.post.label, "city": found.post.city, "organization": found.post.organization}


def _day_of(session: Session) -> dt.date:
    if session.starts_at:
        return wall_clock(session.starts_at, session.meeting.clocks).date()
    return session.meeting.date_start or timezone.localdate()

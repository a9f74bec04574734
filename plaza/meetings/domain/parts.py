"""Meetings inside others: a webinar of a week, a panel at somebody else's conference; and the modules of a course."""

from django.db import transaction
from django.db.models import Q

from plaza.accounts.access import Asker
from plaza.accounts.models import User
from plaza.core import history
from plaza.meetings.choices import SessionKind
from plaza.meetings.models import Meeting, Session


class InsideItself(Exception):
    """A meeting would be a part of itself, by way of others or at once."""


@transaction.atomic
def put_inside(*, meeting: Meeting, parent: Meeting | None, by: User | None) -> bool:
    """`parent` None takes it out. Put again where it is, nothing happens."""
    # One lock for all such deeds: two of them at once could close a circle that neither sees.
    list(Meeting.objects.select_for_update().filter(parent__isnull=False).values_list("pk", flat=True))
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.parent_id == (parent.pk if parent else None):
        return False
    above: int | None = parent.pk if parent else None
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == row.pk:
            raise InsideItself
        seen.add(above)
        above = Meeting.objects.values_list("parent", flat=True).get(pk=above)
    row.parent = parent
    row.save(update_fields=["parent", "updated_at"])
    history.record(verb="put inside another", by=by, subject=row, parent=parent.pk if parent else None)
    return True


def around(meeting: Meeting, user: Asker) -> tuple[Meeting | None, list[Meeting]]:
    """The meeting it is a part of, and its own parts in the order of their days: as far as the asker may see them. One
    query; their translations are read with the others of the page."""
    near = Q(parent=meeting) | Q(pk=meeting.parent_id)
    rows = Meeting.objects.visible_to(user).filter(near).order_by("date_start", "starts_at", "pk")
    found = list(rows)
    parent = next((row for row in found if row.pk == meeting.parent_id), None)
    return parent, [row for row in found if row.parent_id == meeting.pk]


def modules_of(course: Meeting) -> list[Session]:
    """In their order, without those that were cancelled."""
    rows = course.sessions.filter(kind=SessionKind.MODULE, is_cancelled=False)
    return list(rows.prefetch_related("translations").order_by("number"))

"""Who registered for a course did so for its modules."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting
from plaza.registration.models import Registration, RegistrationQuerySet


def it_and_its_course(meeting: Meeting) -> list[int]:
    """Their keys, its own first. A query where it is part of another."""
    course = Meeting.objects.filter(pk=meeting.parent_id, kind=MeetingKind.COURSE) if meeting.parent_id else ()
    return [meeting.pk, *(each.pk for each in course)]


def for_it_or_its_course(meeting: Meeting) -> Q:
    """Of rows with a `meeting`: those of either, without asking which it is."""
    return _for_it_or_its_course(meeting.pk, meeting.parent_id)


def for_each_or_its_course() -> Q:
    """The same of the meetings of a query that it stands in (`Exists`)."""
    return _for_it_or_its_course(OuterRef("pk"), OuterRef("parent"))


def _for_it_or_its_course(meeting: Any, parent: Any) -> Q:
    return Q(meeting=meeting) | Q(meeting=parent, meeting__kind=MeetingKind.COURSE)


def with_modules(meetings: Any) -> Q:
    """Of meetings: these (a key, or a query of keys), and the modules of those that are courses."""
    keys = {"pk": meetings} if isinstance(meetings, int) else {"pk__in": meetings}
    parents = {f"parent__{name}": value for name, value in keys.items()}
    return Q(**keys) | Q(**parents, parent__kind=MeetingKind.COURSE)


def by_its_course(meeting: Meeting) -> RegistrationQuerySet:
    """Those who registered for its course and not for the module itself, whatever became of that. None of what is no
    module."""
    if not meeting.parent_id:
        return Registration.objects.none()
    own = Registration.objects.filter(meeting=meeting, email=OuterRef("email"))
    rows = Registration.objects.filter(meeting=meeting.parent_id, meeting__kind=MeetingKind.COURSE)
    return rows.filter(~Exists(own))

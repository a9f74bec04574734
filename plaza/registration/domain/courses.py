"""Who registered for a course did so for its modules."""

from django.db.models import Q

from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting


def it_and_its_course(meeting: Meeting) -> list[int]:
    """Their keys, its own first. A query where it is part of another."""
    course = Meeting.objects.filter(pk=meeting.parent_id, kind=MeetingKind.COURSE) if meeting.parent_id else ()
    return [meeting.pk, *(each.pk for each in course)]


def for_it_or_its_course(meeting: Meeting) -> Q:
    """Of rows with a `meeting`: those of either, without asking which it is."""
    return Q(meeting=meeting) | Q(meeting=meeting.parent_id, meeting__kind=MeetingKind.COURSE)

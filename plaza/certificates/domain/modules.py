"""The modules of a course: its parts, meetings of their own with their days."""

from django.db.models import F

from plaza.core.translations import read_translations
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.models import Meeting


def modules_of(meeting: Meeting) -> list[Meeting]:
    """In the order of their days, without those that will not be. None of what is no course. One query, and one for the
    words of all of them and of the course itself."""
    if meeting.kind != MeetingKind.COURSE:
        return []
    rows = Meeting.objects.filter(parent=meeting).exclude(status=MeetingStatus.CANCELLED)
    found = list(rows.order_by(F("date_start").asc(nulls_last=True), "starts_at", "pk"))
    read_translations([meeting, *found])
    return found

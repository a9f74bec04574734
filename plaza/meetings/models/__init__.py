"""Series, meetings, their sessions, and who appears in a session as what."""

from plaza.meetings.models.meetings import Meeting, MeetingQuerySet
from plaza.meetings.models.organisers import Organiser, OrganiserQuerySet
from plaza.meetings.models.series import Series
from plaza.meetings.models.sessions import Appearance, Room, Session, SessionQuerySet, Track
from plaza.meetings.models.versions import ProgrammeVersion

__all__ = [
    "Appearance",
    "Meeting",
    "MeetingQuerySet",
    "Organiser",
    "OrganiserQuerySet",
    "ProgrammeVersion",
    "Room",
    "Series",
    "Session",
    "SessionQuerySet",
    "Track",
]

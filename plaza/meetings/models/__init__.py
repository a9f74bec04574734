"""Series, meetings, their sessions, and who appears in a session as what."""

from plaza.meetings.models.meetings import Meeting, MeetingQuerySet
from plaza.meetings.models.online import MOST_BEFORE, OPENS_BEFORE, FoundRecording, OnlineVenue
from plaza.meetings.models.organisers import Organiser, OrganiserQuerySet
from plaza.meetings.models.series import Series
from plaza.meetings.models.sessions import Appearance, Room, Session, SessionQuerySet, Track
from plaza.meetings.models.versions import ProgrammeVersion

__all__ = [
    "MOST_BEFORE",
    "OPENS_BEFORE",
    "Appearance",
    "FoundRecording",
    "Meeting",
    "MeetingQuerySet",
    "OnlineVenue",
    "Organiser",
    "OrganiserQuerySet",
    "ProgrammeVersion",
    "Room",
    "Series",
    "Session",
    "SessionQuerySet",
    "Track",
]

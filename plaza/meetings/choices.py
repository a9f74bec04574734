from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    WEBINAR = "webinar", _("webinar")
    CONVERSATION = "conversation", _("conversation")
    WORKSHOP = "workshop", _("workshop")
    PANEL = "panel", _("panel")
    FORUM = "forum", _("forum")
    CONFERENCE = "conference", _("conference")
    SUMMIT = "summit", _("summit")
    COURSE = "course", _("course")
    TALK = "talk", _("talk")
    DISCUSSION = "discussion", _("discussion")
    EVENT = "event", _("event")


class MeetingStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    REGISTRATION_OPEN = "registration-open", _("registration open")
    CLOSED = "closed", _("registration closed")
    LIVE = "live", _("live")
    HELD = "held", _("held")
    DOCUMENTED = "documented", _("documented")
    ARCHIVED = "archived", _("archived")
    CANCELLED = "cancelled", _("cancelled")
    POSTPONED = "postponed", _("postponed")


class MeetingMode(models.TextChoices):
    """schema.org/EventAttendanceModeEnumeration."""

    ONLINE = "online", _("online")
    IN_PERSON = "in-person", _("in person")
    MIXED = "mixed", _("in person and online")


class VenueKind(models.TextChoices):
    """Where a meeting happens online."""

    PLAIN = "plain", _("a link of a video tool")
    BIGBLUEBUTTON = "bigbluebutton", _("a BigBlueButton room of its own")


class SessionKind(models.TextChoices):
    TALK = "talk", _("talk")
    PANEL = "panel", _("panel")
    WORKSHOP = "workshop", _("workshop")
    CEREMONY = "ceremony", _("ceremony")
    VISIT = "visit", _("visit")
    MODULE = "module", pgettext_lazy("of a course", "module")
    BREAK = "break", pgettext_lazy("in a programme", "break")


class AppearanceRole(models.TextChoices):
    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    PANELIST = "panelist", _("panelist")


class OrganiserRole(models.TextChoices):
    HOST = "host", _("host")
    CO_HOST = "co-host", _("co-host")
    PARTNER = "partner", _("partner")
    SPONSOR = "sponsor", _("sponsor")


# From which state a meeting may come into which; every move is written to history.
MOVES: Final[Mapping[MeetingStatus, tuple[MeetingStatus, ...]]] = {
    MeetingStatus.DRAFT: (MeetingStatus.ANNOUNCED, MeetingStatus.CANCELLED),
    MeetingStatus.ANNOUNCED: (
        MeetingStatus.REGISTRATION_OPEN, MeetingStatus.LIVE, MeetingStatus.HELD, MeetingStatus.POSTPONED,
        MeetingStatus.CANCELLED, MeetingStatus.DRAFT,
    ),
    MeetingStatus.REGISTRATION_OPEN: (
        MeetingStatus.CLOSED, MeetingStatus.LIVE, MeetingStatus.HELD, MeetingStatus.POSTPONED, MeetingStatus.CANCELLED,
    ),
    MeetingStatus.CLOSED: (
        MeetingStatus.LIVE, MeetingStatus.HELD, MeetingStatus.REGISTRATION_OPEN, MeetingStatus.POSTPONED,
        MeetingStatus.CANCELLED,
    ),
    MeetingStatus.LIVE: (MeetingStatus.HELD,),
    MeetingStatus.HELD: (MeetingStatus.DOCUMENTED, MeetingStatus.ARCHIVED),
    MeetingStatus.DOCUMENTED: (MeetingStatus.ARCHIVED, MeetingStatus.HELD),
    MeetingStatus.ARCHIVED: (MeetingStatus.DOCUMENTED,),
    MeetingStatus.CANCELLED: (MeetingStatus.DRAFT,),
    MeetingStatus.POSTPONED: (MeetingStatus.ANNOUNCED, MeetingStatus.REGISTRATION_OPEN, MeetingStatus.CANCELLED),
}  # fmt: skip
# What whoever moves it does, for the button.
DEEDS: Final = {
    MeetingStatus.DRAFT: _("Make it a draft again"),
    MeetingStatus.ANNOUNCED: _("Announce it"),
    MeetingStatus.REGISTRATION_OPEN: _("Open registration"),
    MeetingStatus.CLOSED: _("Close registration"),
    MeetingStatus.LIVE: _("It begins now"),
    MeetingStatus.HELD: _("It was held"),
    MeetingStatus.DOCUMENTED: _("All of it is documented"),
    MeetingStatus.ARCHIVED: _("Put it in the archive"),
    MeetingStatus.CANCELLED: _("Cancel it"),
    MeetingStatus.POSTPONED: _("Postpone it"),
}
# Whatever became since of what it left behind.
BEEN_HELD: Final = (MeetingStatus.HELD, MeetingStatus.DOCUMENTED, MeetingStatus.ARCHIVED)
# It will not be, or not then.
OFF: Final = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
# People have been told of it, and it is not over.
AHEAD: Final = (
    MeetingStatus.ANNOUNCED, MeetingStatus.REGISTRATION_OPEN, MeetingStatus.CLOSED, MeetingStatus.LIVE,
    MeetingStatus.POSTPONED,
)  # fmt: skip

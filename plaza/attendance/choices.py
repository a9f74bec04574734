from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """A report's way in. `asked`: the report leaves its times open, and a person is asked."""

    ASKED = "asked", _("a question is open")
    MATCHED = "matched", _("people to be settled")
    DONE = "done", _("done")
    TAKEN_BACK = "taken back", _("taken back")


class Order(models.TextChoices):
    """Day and month where they are written in figures; the words are those of plaza.formats.attendance."""

    DAY_FIRST = "day first", _("day first")
    MONTH_FIRST = "month first", _("month first")


class Match(models.TextChoices):
    """How a row of a report got its person, or why it has none."""

    ADDRESS = "address", _("by the address")
    NAME_AND_CITY = "name and city", _("by name and city")
    DOUBT = "doubt", _("in doubt")
    UNKNOWN = "unknown", _("nobody known here")
    DECIDED = "decided", _("decided by a person")


# Those that somebody or something has given a person; the others have none.
FOUND = (Match.ADDRESS, Match.NAME_AND_CITY)
OPEN = (Match.DOUBT, Match.UNKNOWN)


class CameBy(models.TextChoices):
    """How a report came in."""

    FILE = "file", _("brought in by a person")
    SENT = "sent", _("sent by the video server")
    SEEN = "seen", _("noted by Plaza while the meeting ran")

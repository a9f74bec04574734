from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BulkState(models.TextChoices):
    PROPOSED = "proposed", _("waiting for your word")
    RUNNING = "running", _("being changed")
    DONE = "done", _("done")


class SheetState(models.TextChoices):
    """received → looked at (a dry run) → taken in."""

    RECEIVED = "received", _("waiting for its columns")
    LOOKING = "looking", _("being looked through")
    SEEN = "seen", _("looked through; nothing is written yet")
    APPLYING = "applying", _("being taken in")
    DONE = "done", _("taken in")


class Effect(models.TextChoices):
    """What a row does, or did."""

    WAITING = "waiting", pgettext_lazy("row", "waiting")
    MADE = "made", pgettext_lazy("row", "new")
    CHANGED = "changed", pgettext_lazy("row", "changes")
    SAME = "same", pgettext_lazy("row", "the same")
    ASIDE = "aside", pgettext_lazy("row", "put aside")

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedState(models.TextChoices):
    """What the secretariat has decided about questions that ask the same."""

    OPEN = "open", _("waiting to be looked at")
    NOTED = "noted", _("noted")
    DISMISSED = "dismissed", _("dismissed")

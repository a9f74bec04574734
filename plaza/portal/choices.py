from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.TextChoices):
    """What a city has done in the network."""

    SPOKE = "spoke", _("spoke in the last two years")
    HOSTED = "hosted", _("held a meeting")
    SILENT = "silent", _("not heard yet")

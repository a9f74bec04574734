from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """What a person has decided about a proposal."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    # Not a meeting of its own: more of what another proposal tells.
    JOINED = "joined", _("joined to the one before")

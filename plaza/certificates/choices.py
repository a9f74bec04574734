from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Measure(models.TextChoices):
    """By what it is told whether somebody stayed long enough."""

    SHARE = "share", _("% of the meeting’s length")
    MINUTES = "minutes", _("minutes")


class CertificateState(models.TextChoices):
    """valid → revoked | replaced; whoever is erased leaves a code that says no more than withdrawn."""

    VALID = "valid", pgettext_lazy("certificate", "valid")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")
    REPLACED = "replaced", pgettext_lazy("certificate", "replaced by a newer one")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "withdrawn")


# Three quarters: what networks commonly ask for.
USUAL_SHARE: Final = 75
MOST_MINUTES: Final = 6000

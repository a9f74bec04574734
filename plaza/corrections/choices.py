from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", _("Something is wrong and should be corrected")
    REMOVAL = "removal", _("Something about me should be removed")
    OTHER = "other", _("Something else")


class Capacity(models.TextChoices):
    SELF = "self", _("It is about me")
    BEHALF = "behalf", _("I ask on behalf of the person it is about")
    READER = "reader", _("I noticed it as a reader")


class CorrectionState(models.TextChoices):
    """received → in work → corrected | removed | refused | withdrawn"""

    RECEIVED = "received", pgettext_lazy("request", "received")
    IN_WORK = "in_work", pgettext_lazy("request", "in work")
    CORRECTED = "corrected", pgettext_lazy("request", "corrected")
    REMOVED = "removed", pgettext_lazy("request", "removed")
    REFUSED = "refused", pgettext_lazy("request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


OPEN: Final = (CorrectionState.RECEIVED, CorrectionState.IN_WORK)
# How those who run the network may end it.
OUTCOMES: Final = (CorrectionState.CORRECTED, CorrectionState.REMOVED, CorrectionState.REFUSED)

from django.db import models
from django.utils.translation import pgettext_lazy


class LetterState(models.TextChoices):
    """waiting → sending → sent | doubtful | failed. Doubtful: nobody knows whether it went out; a person sends it
    again, or leaves it."""

    WAITING = "waiting", pgettext_lazy("letter", "waiting")
    SENDING = "sending", pgettext_lazy("letter", "being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    DOUBTFUL = "doubtful", pgettext_lazy("letter", "doubtful")
    LEFT = "left", pgettext_lazy("letter", "left as it is")
    FAILED = "failed", pgettext_lazy("letter", "not sent")

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(models.TextChoices):
    """submitted → (pending → approved | rejected) → confirmed | waitlisted; waitlisted → offered → confirmed | lapsed;
    who has a place, waits or is asked may cancel. A place lapses too, where nobody proves the address in time."""

    SUBMITTED = "submitted", pgettext_lazy("registration", "sent")
    PENDING = "pending", pgettext_lazy("registration", "waits for approval")
    APPROVED = "approved", pgettext_lazy("registration", "approved")
    REJECTED = "rejected", pgettext_lazy("registration", "not accepted")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "has a place")
    WAITLISTED = "waitlisted", pgettext_lazy("registration", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("registration", "a place is offered")
    LAPSED = "lapsed", pgettext_lazy("registration", "not confirmed in time")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")


_S = RegistrationState
# Whatever is not here cannot happen. Who cancelled, or let a place lapse, may register again.
NEXT: Final[dict[RegistrationState, tuple[RegistrationState, ...]]] = {
    _S.SUBMITTED: (_S.PENDING, _S.CONFIRMED, _S.WAITLISTED),
    _S.PENDING: (_S.APPROVED, _S.REJECTED, _S.CANCELLED),
    _S.APPROVED: (_S.CONFIRMED, _S.WAITLISTED),
    _S.REJECTED: (),
    _S.CONFIRMED: (_S.LAPSED, _S.CANCELLED),
    _S.WAITLISTED: (_S.OFFERED, _S.CANCELLED),
    _S.OFFERED: (_S.CONFIRMED, _S.LAPSED, _S.CANCELLED),
    _S.LAPSED: (_S.SUBMITTED,),
    _S.CANCELLED: (_S.SUBMITTED,),
}
# They take a place.
SEATED: Final = (_S.CONFIRMED, _S.OFFERED)
# They may cancel, and change their answers.
STANDING: Final = (_S.PENDING, _S.CONFIRMED, _S.WAITLISTED, _S.OFFERED)
OVER: Final = (_S.LAPSED, _S.CANCELLED)


class DeskStanding(models.TextChoices):
    """What everybody may know of a desk. It is written down when it changes, for pages show it."""

    NOT_YET = "not-yet", pgettext_lazy("registration desk", "not open yet")
    OPEN = "open", pgettext_lazy("registration desk", "open")
    FULL = "full", pgettext_lazy("registration desk", "full: waiting list")
    CLOSED = "closed", pgettext_lazy("registration desk", "closed")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("a text")
    CHOICE = "choice", _("one of several")
    SEVERAL = "several", _("some of several")
    FILE = "file", _("a file")


CHOOSING: Final = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


class ConsentPurpose(models.TextChoices):
    """What somebody agrees to, each by itself. The words stand in domain.consents."""

    LISTED = "listed", _("to be on the list of participants")
    WRITTEN = "written", _("to be written to afterwards")
    RECORDED = "recorded", _("to be photographed and recorded")


class Told(models.TextChoices):
    """Letters that each goes out once to each registration."""

    DAY = "day", _("reminder a day before")
    HOUR = "hour", _("reminder an hour before")
    CHANGED = "changed", _("the programme changed")
    CALLED_OFF = "called-off", _("the meeting is cancelled")
    AFTERWARDS = "afterwards", _("what the meeting left behind")

"""Whether offers end and desks turn in time, for `plaza check`."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.registration.choices import RegistrationState
from plaza.registration.models import Registration

# The job runs every minute.
LATE: Final = dt.timedelta(minutes=15)


def examine_registration() -> list[Finding]:
    """A warning where an offer should have ended: then nothing that goes by the clock is done."""
    late = Registration.objects.filter(
        state=RegistrationState.OFFERED, offered_until__lte=timezone.now() - LATE
    ).count()
    pending = Registration.objects.filter(state=RegistrationState.PENDING).count()
    return [
        Finding(
            _("registration"),
            "warning" if late else "sound",
            _("%(pending)d registrations wait for approval; %(late)d offers should have ended.")
            % {"pending": pending, "late": late},
            _("The worker does not run: start it, or look into its log.") if late else "",
        )
    ]

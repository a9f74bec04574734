"""Whether letters go out, for `plaza check`."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.mail.choices import LetterState
from plaza.mail.domain.sending import can_send
from plaza.mail.models import Letter


def examine_mail() -> list[Finding]:
    """Nothing is sent to find it out: what became of the letters tells."""
    counts = Letter.objects.aggregate(
        waiting=Count("pk", filter=Q(state=LetterState.WAITING)),
        doubtful=Count("pk", filter=Q(state=LetterState.DOUBTFUL)),
        failed=Count("pk", filter=Q(state=LetterState.FAILED)),
    )
    words = _("%(waiting)d letters wait, %(doubtful)d are doubtful, %(failed)d could not be sent.") % counts
    if not can_send():
        return [
            Finding(
                _("mail"),
                "warning",
                _("Letters are kept and not sent: EMAIL_URL is not set.") + f" {words}",
                _("Set EMAIL_URL, for instance smtp://user:password@mail.example.org:587"),
            )
        ]
    is_sound = not counts["doubtful"] and not counts["failed"]
    mend = "" if is_sound else _("Look at Letters in the workspace: it says why, and a doubtful one can be sent again.")
    return [Finding(_("mail"), "sound" if is_sound else "warning", words, mend)]

"""Whether everybody is answered in time, for `plaza check`."""

from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.corrections.models import Correction


def examine_corrections() -> list[Finding]:
    counts = {"open": Correction.objects.open().count(), "late": Correction.objects.late().count()}
    return [
        Finding(
            _("corrections"),
            "warning" if counts["late"] else "sound",
            _("%(open)d requests are open, %(late)d of them late.") % counts,
            _("Answer them: Corrections asked for, in the workspace.") if counts["late"] else "",
        )
    ]

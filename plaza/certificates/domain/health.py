"""Whether certificates can be had as PDF, for `plaza check`."""

from django.utils.translation import gettext as _

from plaza.certificates.domain import pdf
from plaza.core.health import Finding


def examine_certificates() -> list[Finding]:
    if pdf.is_there():
        return [Finding(_("certificates"), "sound", _("Certificates can be had as PDF."))]
    return [
        Finding(
            _("certificates"),
            "sound",
            _("Certificates are pages to be printed: no PDF is made here."),
            _("For PDF install requirements/pdf.txt and Pango: see docs/hosting/certificates.md."),
        )
    ]

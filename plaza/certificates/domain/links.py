"""Hers to her certificate, and everybody's to what its code says."""

import segno
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from plaza.certificates.models import Certificate
from plaza.core import secret_links
from plaza.core.site import absolute


def token_of(certificate: Certificate) -> str:
    return secret_links.token_of("plaza.certificates", certificate.uuid)


def path_of(certificate: Certificate) -> str:
    return reverse("certificates:my-certificate", args=[token_of(certificate)])


def link_of(certificate: Certificate) -> str:
    """For a letter, in her language."""
    with translation.override(certificate.language):
        return absolute(path_of(certificate))


def verify_link_of(certificate: Certificate) -> str:
    """In the language of the certificate: whoever is handed it reads that, or turns to another on the page."""
    with translation.override(certificate.language):
        return absolute(reverse("certificates:verified", args=[certificate.shown_code]))


def picture_of(certificate: Certificate) -> SafeString:
    """A QR code as SVG that leads to what the code says. Drawn by segno from an address of ours: no word of anybody is in
    it. Its title is what a screen reader says of it."""
    code = segno.make(verify_link_of(certificate), error="m")
    with translation.override(certificate.language):
        title = _("Code to verify this certificate")
    return mark_safe(code.svg_inline(scale=4, border=2, light="white", svgclass=None, lineclass=None, title=title))

"""A certificate as PDF: tagged (PDF/UA-1), its fonts embedded, the same bytes each time. WeasyPrint and Pango may be missing:
then the page is what there is, and says so."""

from functools import cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from plaza.certificates.domain.links import picture_of, verify_link_of
from plaza.certificates.domain.saying import said
from plaza.certificates.models import Certificate
from plaza.network.domain.face import face

VARIANT: Final = "pdf/ua-1"


@cache
def is_there() -> bool:
    """Asked once a process."""
    try:
        import weasyprint  # slow import, and its libraries may be missing  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def as_pdf(certificate: Certificate) -> bytes:
    """In her language, where WeasyPrint is there. Half a second."""
    from weasyprint import CSS, HTML  # slow import, only where it is there
    from weasyprint.text.fonts import FontConfiguration  # as above

    from plaza.certificates.domain.nothing_fetched import Nothing  # as above

    colour, accent = face().shades
    with translation.override(certificate.language):
        page = render_to_string("certificates/sheet.html", values_of(certificate))
        style = render_to_string("certificates/sheet.css", {"colour": colour.ground, "accent": accent.on_light})
    fonts = FontConfiguration()
    document = HTML(string=page, url_fetcher=Nothing())
    styled = CSS(string=style, url_fetcher=Nothing(), font_config=fonts)
    made: bytes = document.write_pdf(
        stylesheets=[styled], font_config=fonts, pdf_variant=VARIANT, pdf_identifier=certificate.uuid.bytes
    )
    return made


def values_of(certificate: Certificate) -> dict[str, Any]:
    """What the sheet shows, in its own language."""
    return {
        "certificate": certificate,
        "said": said(certificate, certificate.language),
        "picture": picture_of(certificate),
        "verify_link": verify_link_of(certificate),
    }

"""Whether a certificate is one, for anyone; and one's own, by its link or one's account."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.guards import for_members
from plaza.certificates.domain import pdf as paper
from plaza.certificates.domain.codes import NoCode, read_code
from plaza.certificates.domain.links import path_of, token_of
from plaza.certificates.domain.saying import said
from plaza.certificates.domain.verifying import verified as certificate_of
from plaza.certificates.models import Certificate
from plaza.core import rate
from plaza.core.paging import page_of
from plaza.core.translations import reader_language

# Sixty bits are not guessed at this pace; a whole office may stand behind one address.
VERIFYING: Final = rate.Limit("codes of certificates", burst=30, every=20)
MAKING: Final = rate.Limit("certificates as PDF", burst=20, every=15)
A_PAGE: Final = 50


@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Where the code is typed. Leads to the page that says what it says."""
    typed = request.GET.get("code", "")
    if not typed.strip():
        return _asked(request)
    try:
        return redirect("certificates:verified", read_code(typed))
    except NoCode as refusal:
        return _asked(request, typed, _(refusal.why) % refusal.values_, 422)


@never_cache
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """A token is taken before anybody looks: who has none left learns nothing, also of a code that is right."""
    try:
        read = read_code(code)
    except NoCode as refusal:
        return _asked(request, code, _(refusal.why) % refusal.values_, 422)
    if not rate.take(VERIFYING, rate.address_block(request)):
        why = _("Too many codes were tried from your connection. Wait a few minutes, then try again.")
        return _asked(request, code, why, 429)
    row = certificate_of(read)
    if row is None:
        return _asked(
            request, code, _("No certificate has this code. Compare it with the certificate, sign by sign."), 404
        )
    context = {"certificate": row, "said": said(row, reader_language())}
    return render(request, "certificates/verified.html", context)


def _asked(request: HttpRequest, typed: str = "", why: str = "", status: int = 200) -> HttpResponse:
    return render(request, "certificates/verify.html", {"typed": typed[:60], "why": why}, status=status)


@never_cache
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Her own: to be kept as PDF, or printed."""
    row = get_object_or_404(Certificate.objects.for_page().opened_by(token))
    context: dict[str, Any] = {"certificate": row, "meeting": row.meeting, "token": token}
    if row.is_valid:
        context |= paper.values_of(row) | {"has_pdf": paper.is_there()}
    elif (newest := row.newest).is_valid:
        context["newer"] = path_of(newest)
    return render(request, "certificates/mine.html", context, status=200 if row.is_valid else 410)


@never_cache
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Of a certificate that stands. Where it does not, or no PDF can be made here, her page says so."""
    row = get_object_or_404(Certificate.objects.for_page().opened_by(token))
    if not row.is_valid or not paper.is_there():
        return redirect(path_of(row))
    if not rate.take(MAKING, rate.address_block(request)):
        return HttpResponse(
            _("Please wait a minute, then try again."), status=429, content_type="text/plain; charset=utf-8"
        )
    response = HttpResponse(paper.as_pdf(row), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.shown_code}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@for_members
def own(request: HttpRequest) -> HttpResponse:
    rows = Certificate.objects.belonging_to(request.user).valid().for_page().order_by("-pk")
    page = page_of(rows, A_PAGE, request.GET.get("page"))
    found = [(row, token_of(row)) for row in page]
    return render(request, "certificates/own.html", {"rows": found, "page": page})

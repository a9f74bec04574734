"""Calendars behind a secret link: of all her meetings, and of one registration. Programs fetch them, without cookies."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from plaza.core.translations import reader_language
from plaza.registration.domain import calendars
from plaza.registration.models import Registration


def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    body = calendars.own_calendar(token, reader_language())
    if body is None:
        said = _(
            "This link to a calendar opens nothing any more: it was renewed, or the account is gone. "
            "Sign in, open “Your meetings” in your account, and put the new link into your calendar."
        )
        return HttpResponse(said + "\n", status=410, content_type="text/plain; charset=utf-8")
    return _handed_out(request, body, "plaza")


def calendar_of_registration(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(Registration.objects.for_page().opened_by(token))
    body = calendars.calendar_of_registration(row) if calendars.may_be_kept(row) else b""
    if not body:
        raise Http404
    return _handed_out(request, body, row.meeting.slug)


def _handed_out(request: HttpRequest, body: bytes, file: str) -> HttpResponse:
    """Whoever has it already gets nothing again until it changes."""
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response["ETag"] = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    patch_cache_control(response, private=True, no_cache=True)
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return found or response

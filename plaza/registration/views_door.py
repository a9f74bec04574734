"""The door of a meeting: a code leads here, and a name can be looked for beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import the_user
from plaza.accounts.guards import turned_away
from plaza.core.plain import plain_line, row_number
from plaza.meetings.models import Meeting
from plaza.meetings.zones import called
from plaza.registration.access import keeps_door
from plaza.registration.domain import door as at_door
from plaza.registration.domain.listing import counts_of
from plaza.registration.models import Registration


@never_cache
def door(request: HttpRequest, slug: str) -> HttpResponse:
    if not keeps_door(request.user, slug):
        return turned_away(request)
    meeting = get_object_or_404(Meeting.objects.for_titles(), slug=slug)
    words = plain_line(request.GET.get("words", ""))[:100]
    if request.method == "POST":
        row = Registration.objects.filter(meeting=meeting, pk=row_number(request.POST.get("registration"))).first()
        _let_in_or_out(request, row)
        return redirect(
            f"{reverse('registration:door', args=[slug])}?{urlencode({'words': words})}" if words else request.path
        )
    context = _at(meeting) | {"words": words, "rows": at_door.called(meeting, words)}
    return render(request, "registration/door.html", context)


@never_cache
def door_code(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Where a QR code leads. Looking at it checks nobody in: a camera looks before somebody has decided."""
    if not keeps_door(request.user, slug):
        return turned_away(request)
    meeting = get_object_or_404(Meeting.objects.for_titles(), slug=slug)
    row = at_door.by_code(meeting, token)
    if row is not None and request.method == "POST":
        _let_in_or_out(request, row)
        return redirect(request.path)
    context = _at(meeting) | {"row": row}
    return render(request, "registration/door_code.html", context, status=200 if row else 404)


def _at(meeting: Meeting) -> dict[str, Any]:
    """Hours at the door are those of the clock that hangs there."""
    zone = meeting.timezone or "UTC"
    return {"meeting": meeting, "counts": counts_of(meeting), "zone": zone, "place": called(zone)}


def _let_in_or_out(request: HttpRequest, row: Registration | None) -> None:
    if row is None:
        raise Http404
    by = the_user(request.user)
    if request.POST.get("deed") == "undo":
        at_door.undo_check_in(registration=row, by=by)
        messages.success(request, _("%(name)s is no longer checked in.") % {"name": row.name})
        return
    try:
        at_door.check_in(registration=row, by=by)
    except at_door.HasNoPlace:
        messages.error(
            request, _("%(name)s has no place in this meeting. The secretariat decides.") % {"name": row.name}
        )
    else:
        messages.success(request, _("%(name)s is checked in.") % {"name": row.name})

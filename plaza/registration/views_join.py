"""Her own way into a meeting online. Looking at the page does nothing: going in is a button."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.core import rate
from plaza.core.languages import DEFAULT
from plaza.meetings.domain.online import Door
from plaza.meetings.models import Meeting
from plaza.meetings.responses import led_out
from plaza.registration.choices import RegistrationState
from plaza.registration.domain.hours import hours_of, moment
from plaza.registration.domain.joining import NotLetIn, entrance_of, go_in, modules_for
from plaza.registration.domain.links import path_of
from plaza.registration.models import Registration
from plaza.venues.venue import VenueDown

# A line that breaks all the time is made again.
GOING_IN: Final = rate.Limit("going into a meeting", burst=20, every=10)


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(Registration.objects.for_page().select_related("user").opened_by(token))
    module = _module(request, row)
    meeting = module or row.meeting
    why, status = "", 200
    if request.method == "POST":
        if not rate.take(GOING_IN, str(row.uuid)):
            why, status = _("You went in many times just now. Wait a minute, then go in again."), 429
        else:
            try:
                return led_out(request, go_in(row, module))
            except NotLetIn:
                status = 403
            except VenueDown as reason:
                why, status = _(str(reason.why)), 503
    language, entrance = get_language() or DEFAULT, entrance_of(row, module)
    zone = row.zone or meeting.timezone
    context = {
        "registration": row,
        "meeting": meeting,
        "hours": hours_of(meeting, row.zone, language),
        "door": entrance.door,
        "is_open": entrance.door == Door.OPEN and row.state == RegistrationState.CONFIRMED,
        "opens": moment(entrance.opens, zone, language) if entrance.opens else "",
        "path": path_of(row),
        "why": why,
    }
    return render(request, "registration/join.html", context, status=status)


def _module(request: HttpRequest, row: Registration) -> Meeting | None:
    """`?module=`: of the course she registered for."""
    slug = request.GET.get("module", "")
    if not slug:
        return None
    found = next((each for each in modules_for(row) if each.slug == slug), None)
    if found is None:
        raise Http404
    return found

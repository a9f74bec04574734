"""A meeting's place online, on its desk: set it, go in as a moderator, end it, take what was recorded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.egress import NotFetched
from plaza.core.plain import row_number
from plaza.core.translations import reader_language
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.online import InUse, door_of, end_room, forget_online, lead_in, online_venue_of
from plaza.meetings.domain.rooms import pass_over, take_recording
from plaza.meetings.forms_online import OnlineForm
from plaza.meetings.models import FoundRecording
from plaza.meetings.responses import led_out
from plaza.meetings.views_desk import one
from plaza.meetings.zones import called
from plaza.venues.configured import bigbluebutton
from plaza.venues.plain_link import tool_of
from plaza.venues.venue import Guest, Role, VenueDown


@for_staff
def online(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    venue = online_venue_of(meeting)
    form = OnlineForm(request.POST if request.method == "POST" else None, meeting=meeting, venue=venue)
    if request.method == "POST" and "forget" in request.POST:
        try:
            forget_online(meeting=meeting, by=the_user(request.user))
        except InUse as reason:
            messages.error(request, _(reason.why))
        else:
            messages.success(request, _("Saved."))
        return redirect("meetings:online", slug)
    if request.method == "POST" and form.is_valid() and form.save(by=the_user(request.user)):
        messages.success(request, _("Saved."))
        return redirect("meetings:online", slug)
    zone = meeting.clocks
    context = {
        "meeting": meeting,
        "venue": venue,
        "form": form,
        "has_server": bigbluebutton() is not None,
        "tool": tool_of(venue.address) if venue else "",
        "is_room": venue is not None and venue.kind == VenueKind.BIGBLUEBUTTON,
        "door": door_of(venue),
        "ended": wall_clock(venue.ended_at, zone) if venue and venue.ended_at else None,
        "zone": called(zone),
        "recordings": list(venue.found_recordings.select_related("work")) if venue else [],
    }
    return render(request, "meetings/online.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff
def go_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who run the network moderate, and may come at any hour: to try it out."""
    meeting, user = one(request, slug), the_user(request.user)
    venue = online_venue_of(meeting)
    if venue is None:
        return redirect("meetings:online", slug)
    guest = Guest(user.name or _("Secretariat"), f"account-{user.pk}", reader_language(), Role.MODERATOR)
    try:
        return led_out(request, lead_in(venue, guest, opens_again=True))
    except VenueDown as reason:
        messages.error(request, _(str(reason.why)))
        return redirect("meetings:online", slug)


@require_POST
@for_staff
def end_online(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        end_room(meeting=one(request, slug), by=the_user(request.user))
    except VenueDown as reason:
        messages.error(request, _(str(reason.why)))
    else:
        messages.success(request, _("The room is being ended for everybody. It takes some seconds."))
    return redirect("meetings:online", slug)


@require_POST
@for_staff
def decide_recording(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, by = one(request, slug), the_user(request.user)
    rows = FoundRecording.objects.filter(venue__meeting=meeting)
    if "pass-over" in request.POST:
        pass_over(found=get_object_or_404(rows, pk=row_number(request.POST["pass-over"])), by=by)
        return redirect("meetings:online", slug)
    try:
        take_recording(found=get_object_or_404(rows, pk=row_number(request.POST.get("take"))), by=by)
    except NotFetched as reason:
        messages.error(request, _(reason.why))
    else:
        messages.success(request, _("The recording stands with the meeting now."))
    return redirect("meetings:online", slug)

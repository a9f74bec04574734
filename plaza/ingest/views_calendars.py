"""The workspace's pages for bringing in a calendar: giving one, and choosing what is taken of it."""

from typing import Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.paging import page_of
from plaza.core.plain import row_number
from plaza.core.translations import reader_language
from plaza.formats.refusal import Refused
from plaza.ingest.domain.calendars import proposed_by, take
from plaza.ingest.domain.forgetting import put_rest_aside, remove_calendar
from plaza.ingest.forms import CalendarForm
from plaza.ingest.models import BroughtCalendar
from plaza.meetings.zones import groups, is_zone

A_PAGE: Final = 50


@for_staff
def calendars(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.POST, request.FILES) if request.method == "POST" else CalendarForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("ingest:brought-calendar", form.receive(by=the_user(request.user)).pk)
        except Refused as reason:
            form.add_error("file", _(str(reason.why)))
    brought = BroughtCalendar.objects.visible_to(request.user).defer("reading").order_by("-pk")
    page = page_of(brought, A_PAGE, request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(request, "ingest/calendars.html", {"form": form, "page": page}, status=status)


@for_staff
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """What it proposes; nothing is made before somebody chose it."""
    found = get_object_or_404(BroughtCalendar.objects.visible_to(request.user), pk=pk)
    asked = (request.POST if request.method == "POST" else request.GET).get("zone", "")
    zone = asked if asked and is_zone(asked) else ""
    if request.method == "POST" and request.POST.get("deed") == "remove":
        remove_calendar(calendar=found, by=the_user(request.user))
        messages.success(request, _("The calendar is removed. The meetings that were made of it stay."))
        return redirect("ingest:calendars")
    if request.method == "POST" and request.POST.get("deed") == "put-aside":
        rest = put_rest_aside(calendar=found, by=the_user(request.user))
        said = ngettext("%(n)d event is put aside.", "%(n)d events are put aside.", rest) % {"n": rest}
        messages.success(request, said)
        return redirect("ingest:brought-calendar", found.pk)
    if request.method == "POST":
        chosen = {number for text in request.POST.getlist("take")[:A_PAGE] if (number := row_number(text))}
        made = take(calendar=found, numbers=chosen, zone=zone, language=reader_language(), by=the_user(request.user))
        said = ngettext("%(n)d meeting was taken over.", "%(n)d meetings were taken over.", len(made)) % {
            "n": len(made)
        }
        messages.success(request, said) if made else messages.info(request, _("Nothing was chosen that can be taken."))
    events = found.events.aggregate(all=Count("pk"), taken=Count("taken_at"))
    page = page_of(found.events.all(), A_PAGE, request.GET.get("page"))
    rows = proposed_by(found, page.object_list, zone)
    context = {
        "calendar": found,
        "rest": events["all"] - events["taken"] if events["taken"] else 0,
        "page": page,
        "rows": rows,
        "zone": zone,
        "zones": groups(zone or found.zone),
        "zone_offered": zone or found.zone,
        "asks_zone": bool(zone) or any(row.asks_zone for row in rows),
    }
    return render(request, "ingest/calendar.html", context)

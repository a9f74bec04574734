"""Segments with their preview, and the list of subscribers, for those who run the network."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.newsletters.domain.segments import preview
from plaza.newsletters.forms import SegmentForm
from plaza.newsletters.models import Segment, Subscriber

A_PAGE: Final = 50


@for_staff
def segments(request: HttpRequest) -> HttpResponse:
    page = Paginator(Segment.objects.order_by("name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsletters/segments.html", {"page": page})


@for_staff
def segment(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What is ticked can be looked at before it is saved: `look`."""
    found = get_object_or_404(Segment, pk=pk) if pk else Segment()
    form = SegmentForm(
        request.POST if request.method == "POST" else None, initial={"name": found.name, **found.choices}
    )
    choices, status = found.choices, 200
    if request.method == "POST":
        is_sound = form.is_valid()
        choices, status = form.chosen(), 200 if is_sound or request.POST.get("deed") == "look" else 422
        if is_sound and request.POST.get("deed") != "look":
            if saved := form.save(found, by=the_user(request.user)):
                messages.success(request, _("Saved."))
                return redirect(saved)
            status = 422
    seen = preview(choices) if found.pk or request.method == "POST" else None
    return render(request, "newsletters/segment.html", {"segment": found, "form": form, "preview": seen}, status=status)


@for_staff
def subscribers(request: HttpRequest) -> HttpResponse:
    """Those whose address was refused first: somebody may know a better one."""
    rows = Subscriber.objects.visible_to(request.user).telling_whether_left()
    counts = rows.aggregate(
        sound=Count("pk", filter=Q(confirmed_at__isnull=False, ended_at__isnull=True, left_at__isnull=True)),
        unconfirmed=Count("pk", filter=Q(confirmed_at__isnull=True)),
        left=Count("pk", filter=Q(left_at__isnull=False, confirmed_at__isnull=False)),
        aside=Count("pk", filter=Q(ended_at__isnull=False)),
    )
    page = Paginator(rows.order_by("ended_at", "-asked_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsletters/subscribers.html", {"page": page, "counts": counts})

"""Pages of meetings."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plaza.core.kept_pages import for_everybody
from plaza.core.paging import page_of
from plaza.core.provenance import sources_of
from plaza.knowledge.models import Work
from plaza.meetings.domain.where import cities_of
from plaza.meetings.models import Appearance, Meeting

A_PAGE = 24


@for_everybody
def meetings(request: HttpRequest) -> HttpResponse:
    page = page_of(Meeting.objects.visible_to(request.user).for_list(), A_PAGE, request.GET.get("page"))
    return render(request, "meetings/meetings.html", {"page": page})


@for_everybody
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), slug=slug)
    sessions = found.sessions.prefetch_related(
        "translations",
        Prefetch("appearances", Appearance.objects.select_related("person", "city", "organization")),
        Prefetch("works", Work.objects.visible_to(request.user).for_links().order_by("pk")),
    )
    return render(
        request,
        "meetings/meeting.html",
        {
            "meeting": found,
            "organisers": found.organisers.select_related("city__country", "organization"),
            "where": cities_of(found),
            "sessions": sessions,
            "sources": sources_of(found),
        },
    )

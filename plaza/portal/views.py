"""Public pages that show several domains at once."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.core.provenance import sources_of
from plaza.directory.models import City
from plaza.knowledge.models import Recording, Work
from plaza.meetings.models import Meeting, Session

NEWEST: Final = 6
UPCOMING: Final = 3


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/home.html",
        {
            "is_home": True,
            "recordings": Recording.objects.visible_to(request.user).ready().for_list()[:NEWEST],
            "upcoming": Meeting.objects.visible_to(request.user).upcoming()[:UPCOMING],
            "meetings": Meeting.objects.visible_to(request.user).for_list()[:NEWEST],
            "member_count": City.objects.members().count(),
        },
    )


@for_everybody
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """Any work that has no page of its own: what it is, of which meetings, where it can be had."""
    found = get_object_or_404(Work.objects.visible_to(request.user).for_links().prefetch_related("topics"), slug=slug)
    if hasattr(found, "recording"):
        return redirect(found)
    sessions = Session.objects.visible_to(request.user).filter(works=found).select_related("meeting")
    return render(
        request,
        "portal/work.html",
        {
            "work": found,
            "material": getattr(found, "material", None),
            "sessions": sessions.prefetch_related("meeting__translations"),
            "sources": sources_of(found),
            "can_mend": is_staff(request.user),
        },
    )

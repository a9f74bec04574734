"""Public pages that show several domains at once."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.core.provenance import sources_of
from plaza.directory.models import City, Person
from plaza.knowledge.models import Recording, Work
from plaza.meetings.models import Meeting, Session
from plaza.portal.domain.person import said_by_person

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
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = Person.objects.select_related("merged_into").filter(slug=slug).first()
    if found is None:
        raise Http404
    if found.merged_into is not None:
        return redirect(found.merged_into, permanent=True)
    return render(
        request,
        "portal/person.html",
        {
            "person": found,
            "memberships": found.memberships.select_related("post__city", "post__organization"),
            "appearances": said_by_person(found, request.user),
            "is_staff": is_staff(request.user),
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

"""Public pages that show several domains at once."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plaza.accounts.access import is_staff
from plaza.core.provenance import sources_of
from plaza.directory.choices import MembershipStatus
from plaza.directory.models import City, Person
from plaza.knowledge.models import Recording, Work
from plaza.meetings.models import Meeting, Session
from plaza.portal.domain.city import meetings_of_city, said_by_city
from plaza.portal.domain.person import said_by_person

NEWEST: Final = 6
UPCOMING: Final = 3
CITIES_FOUND: Final = 60
MEETINGS_OF_A_CITY: Final = 60


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


def cities(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("name", "")[:100]
    found = City.objects.for_list().called_like(words)
    shown = found[:CITIES_FOUND] if words.strip() else found.members()
    return render(request, "portal/cities.html", {"cities": shown, "words": words})


def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(City.objects.for_list(), slug=slug)
    membership = getattr(found, "network_membership", None)
    return render(
        request,
        "portal/city.html",
        {
            "city": found,
            "is_member": membership is not None and membership.status == MembershipStatus.MEMBER,
            "posts": found.posts.prefetch_related("memberships__person"),
            "appearances": said_by_city(found, request.user),
            "meetings": meetings_of_city(found, request.user)[:MEETINGS_OF_A_CITY],
        },
    )


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

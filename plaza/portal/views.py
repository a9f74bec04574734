"""Public pages that show several domains at once."""

from typing import Final

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import is_staff
from plaza.core.provenance import sources_of
from plaza.directory.choices import MembershipStatus
from plaza.directory.models import City, Membership, Person
from plaza.knowledge.models import Recording, Work
from plaza.meetings.models import Meeting, Session
from plaza.portal.domain.city import meetings_of_city, said_by_city

NEWEST: Final = 6
CITIES_FOUND: Final = 60
MEETINGS_OF_A_CITY: Final = 60

# Asked in the reader's language, whatever languages the answers are in.
TRIES: Final = [
    _("How did a city evacuate faster when the river rises?"),
    _("What did electric buses really cost?"),
    _("How do waste pickers get a contract?"),
    _("How do we keep rents fair for women heads of household?"),
]


def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/home.html",
        {
            "is_home": True,
            "tries": TRIES,
            "recordings": Recording.objects.visible_to(request.user).ready().for_list()[:NEWEST],
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
            "posts": found.posts.prefetch_related(
                Prefetch(
                    "memberships",
                    Membership.objects.filter(person__in=Person.objects.visible_to(request.user)).select_related(
                        "person"
                    ),
                )
            ),
            "appearances": said_by_city(found, request.user),
            "meetings": meetings_of_city(found, request.user)[:MEETINGS_OF_A_CITY],
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

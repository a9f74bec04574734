"""Pages of meetings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.core.paging import page_of
from plaza.core.provenance import sources_of
from plaza.meetings.domain.doors import doors_of
from plaza.meetings.domain.machines import linked_data
from plaza.meetings.domain.meeting_page import page_of as page_of_meeting
from plaza.meetings.domain.programme_page import programme_of
from plaza.meetings.domain.readers import wanted_by
from plaza.meetings.domain.sessions import told_of_one
from plaza.meetings.domain.told import span
from plaza.meetings.models import Meeting, Session
from plaza.meetings.zones import away, called, groups

A_PAGE = 24


@for_everybody
def meetings(request: HttpRequest) -> HttpResponse:
    page = page_of(Meeting.objects.visible_to(request.user).for_list(), A_PAGE, request.GET.get("page"))
    return render(request, "meetings/meetings.html", {"page": page})


@for_everybody
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A small one whole; of a large one what it left behind, and the way to its programme."""
    user = request.user
    page = page_of_meeting(slug, user, wanted_by(request.GET, user))
    if page is None:
        raise Http404
    found = page.meeting
    doors, sources = doors_of(found, user), sources_of(found)
    address = request.build_absolute_uri(found.get_absolute_url())
    return render(
        request,
        "meetings/meeting.html",
        _clocks(found, page.theirs)
        | {
            "meeting": found,
            "page": page,
            "doors": doors,
            "sources": sources,
            "matter": (page.matter, doors, sources) if page.matter else None,
            "is_staff": is_staff(user),
            "linked_data": linked_data(found, address, page.where.held),
        },
    )


@for_everybody
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    wanted = wanted_by(request.GET, request.user)
    shown = programme_of(found, wanted)
    address = request.build_absolute_uri(found.get_absolute_url())
    return render(
        request,
        "meetings/programme.html",
        _clocks(found, shown.their_zone)
        | {
            "meeting": found,
            "programme": shown,
            "wanted": wanted,
            "linked_data": None if wanted.is_narrowed else linked_data(found, address, programme=shown),
        },
    )


@for_everybody
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    rows = Session.objects.visible_to(request.user).select_related("meeting", "track", "room")
    found = get_object_or_404(rows, meeting__slug=slug, number=number)
    wanted = wanted_by(request.GET, request.user)
    told = told_of_one(found, request.user, wanted)
    return render(
        request,
        "meetings/session.html",
        _clocks(found.meeting, told.their_zone) | {"meeting": found.meeting, "heap": told.heaps[0], "told": told},
    )


def _clocks(meeting: Meeting, theirs: str) -> dict[str, Any]:
    """For choosing by whose clocks one reads."""
    at = meeting.starts_at
    return {
        "zones": groups(theirs or meeting.timezone),
        "away": away(meeting.timezone, at) if at and meeting.timezone else "",
        "zone_called": called(meeting.timezone) if meeting.timezone else "",
        "their_zone": theirs,
        "their_away": away(theirs, at) if at and theirs else "",
        "their_hours": f"{span(at, meeting.ends_at, theirs)} ({called(theirs)})" if at and theirs else "",
    }

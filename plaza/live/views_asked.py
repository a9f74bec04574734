"""What was asked in rooms, for those who run the network: of one meeting, and over all of them what nobody answered."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plaza.accounts.guards import for_staff
from plaza.core.paging import page_of
from plaza.core.sheet_responses import attached
from plaza.core.translations import reader_language
from plaza.live.choices import QuestionState
from plaza.live.domain.board import Marks, polled
from plaza.live.domain.rooms import room_of
from plaza.live.domain.sheets import asked_sheet
from plaza.live.models import Question, QuestionQuerySet
from plaza.meetings.models import Meeting

A_PAGE: Final = 50


@for_staff
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    room = room_of(meeting)
    rows = _chosen(request).filter(room__meeting=meeting).for_list().most_wanted_first()
    context = {
        "meeting": meeting,
        "room": room,
        "page": page_of(rows, A_PAGE, request.GET.get("page")),
        "states": QuestionState.choices,
        "state": request.GET.get("state", ""),
        "query": request.GET.urlencode(),
        "polls": polled(room.polls.all(), reader_language(), Marks(), is_all_shown=True) if room.pk else [],
    }
    return render(request, "live/asked.html", context)


def _chosen(request: HttpRequest) -> QuestionQuerySet:
    """A state there is not is as if none were asked for."""
    rows, state = Question.objects.visible_to(request.user), request.GET.get("state")
    return rows.filter(state=state) if state in QuestionState.values else rows


@for_staff
def sheet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    rows = _chosen(request).filter(room__meeting=meeting)
    return attached(asked_sheet(rows), f"{meeting.slug}-questions", form)


@for_staff
def unanswered(request: HttpRequest) -> HttpResponse:
    """What the next meetings may be about; the most wanted first."""
    rows = Question.objects.visible_to(request.user).unanswered().for_list().most_wanted_first("-asked_at", "-pk")
    rows = rows.select_related("room__meeting").prefetch_related("room__meeting__translations")
    page = page_of(rows, A_PAGE, request.GET.get("page"))
    return render(request, "live/unanswered.html", {"page": page})

"""What a moderator does while the meeting runs: on a telephone, with one thumb."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import is_staff, the_user
from plaza.accounts.guards import turned_away
from plaza.accounts.models import User
from plaza.core.plain import row_number
from plaza.core.translations import reader_language
from plaza.live.access import Ticket, may_moderate
from plaza.live.choices import PollState, QuestionState
from plaza.live.domain import moderating, polls, rooms
from plaza.live.domain.board import Marks, polled
from plaza.live.forms import AnswerForm, DismissForm, MergeForm, PollForm, RulesForm
from plaza.live.kept_boards import etag_of
from plaza.live.models import Poll, Question, Room
from plaza.meetings.models import Meeting

MOST: Final = 1000


def for_moderators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is handed the meeting."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
        if not may_moderate(request.user, slug):
            return turned_away(request)
        return view(request, get_object_or_404(Meeting.objects.for_titles(), slug=slug), **named)

    return guarded


@for_moderators
def moderate(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        try:
            _do(request, meeting)
        except (moderating.NotThatWay, rooms.NotAnnounced, polls.NotADraft):
            messages.error(request, _("It has changed meanwhile: look at how it stands now."))
        except rooms.MeetingOver:
            messages.error(request, _("The meeting is over, or will not be held then: its room stays closed."))
        return redirect(request.path)
    room = rooms.room_of(meeting)
    # Before the questions are read: what comes meanwhile is news.
    etag = etag_of(room.pk, room.pulse.number) if room.pk else ""
    heaps: dict[str, list[Question]] = {state.value: [] for state in QuestionState}
    if room.pk:
        for row in room.questions.for_list().most_wanted_first()[:MOST]:
            heaps[row.state].append(row)
    context = {
        "meeting": meeting,
        "room": room,
        "rules": RulesForm(initial={name: getattr(room, name) for name in ("takes_questions", "waits_for_moderator")}),
        "waiting": heaps[QuestionState.WAITING],
        "asked": heaps[QuestionState.ASKED],
        "done": [heaps[state] for state in (QuestionState.ANSWERED, QuestionState.MERGED, QuestionState.DISMISSED)],
        "polls": polled(room.polls.all(), reader_language(), Marks(), is_all_shown=True) if room.pk else [],
        "states": PollState,
        "is_staff": is_staff(request.user),
        "ticket": Ticket(meeting.pk, account=the_user(request.user).pk).signed(),
        "etag": etag,
    }
    return render(request, "live/moderate.html", context)


def _do(request: HttpRequest, meeting: Meeting) -> None:
    """The buttons of the page; what needs words has a page of its own."""
    deed, by = request.POST.get("deed"), the_user(request.user)
    if deed == "open":
        rooms.open_room(meeting=meeting, by=by)
        messages.success(request, _("The room is open: those who registered can ask and vote."))
    elif deed == "close":
        rooms.close_room(meeting=meeting, by=by)
        messages.success(request, _("The room is closed. What was asked stays."))
    elif deed == "rules":
        rules = {name: name in request.POST for name in ("takes_questions", "waits_for_moderator")}
        rooms.set_rules(meeting=meeting, by=by, **rules)
        messages.success(request, _("Saved."))
    elif deed in ("open-poll", "close-poll"):
        row = get_object_or_404(Poll, room__meeting=meeting, pk=row_number(request.POST.get("poll")))
        (polls.open_poll if deed == "open-poll" else polls.close_poll)(poll=row, by=by)
    elif deed in ("pass", "answered", "undo"):
        number = row_number(request.POST.get("question"))
        row_of = get_object_or_404(Question.objects.visible_to(by), room__meeting=meeting, number=number)
        deeds = {"pass": moderating.let_pass, "answered": moderating.answer, "undo": moderating.undo}
        deeds[deed](question=row_of, by=by)


@for_moderators
def question(request: HttpRequest, meeting: Meeting, number: int) -> HttpResponse:
    rows = Question.objects.visible_to(request.user).for_list().counted().select_related("room")
    row = get_object_or_404(rows, room__meeting=meeting, number=number)
    deed, by, data = request.POST.get("deed"), the_user(request.user), request.POST or None
    shown = {"words": row.answer, "language": row.answer_language, "seen": row.answer}
    answer = AnswerForm(data if deed == "answer" else None, initial=shown)
    merge = MergeForm(data if deed == "merge" else None, question=row)
    dismiss = DismissForm(data if deed == "dismiss" else None)
    status = 200
    forms: dict[str, Any] = {"answer": answer, "merge": merge, "dismiss": dismiss}
    if request.method == "POST":
        status = 422
        if deed not in forms or forms[deed].is_valid():
            try:
                _decide(row, deed, forms, by)
                return redirect("live:moderate", meeting.slug)
            except moderating.NotThatWay:
                forms[str(deed)].add_error(None, _("It has changed meanwhile: look at how it stands now."))
            except moderating.AnsweredOtherwise as other:
                forms["answer"] = answer.beside(str(other))
            row, status = get_object_or_404(rows, pk=row.pk), 409
    context = {"meeting": meeting, "question": row, "is_late": status == 409, **forms}
    return render(request, "live/question.html", context, status=status)


def _decide(row: Question, deed: str | None, forms: dict[str, Any], by: User) -> None:
    if deed == "answer":
        moderating.answer(question=row, by=by, **forms[deed].cleaned_data)
    elif deed == "merge":
        moderating.merge(question=row, into=forms[deed].cleaned_data["into"], by=by)
    elif deed == "dismiss":
        moderating.dismiss(question=row, by=by, **forms[deed].cleaned_data)


@for_moderators
def poll(request: HttpRequest, meeting: Meeting, pk: int | None = None) -> HttpResponse:
    room = get_object_or_404(Room, meeting=meeting)
    row = get_object_or_404(Poll.objects.prefetch_related("translations"), room=room, pk=pk) if pk else None
    if row is not None and row.state != PollState.DRAFT:
        messages.info(request, _("People see this poll already: its words stay as they are."))
        return redirect("live:moderate", meeting.slug)
    by, form = the_user(request.user), PollForm(request.POST or None, room=room, record=row)
    try:
        if request.POST.get("deed") == "remove" and row is not None:
            polls.remove_poll(poll=row, by=by)
            return redirect("live:moderate", meeting.slug)
        if request.method == "POST" and form.is_valid():
            saved = form.save(by=by)
            if request.POST.get("deed") == "open":
                polls.open_poll(poll=saved, by=by)
            return redirect("live:moderate", meeting.slug)
    except polls.NotADraft as late:
        raise Http404 from late
    context = {"meeting": meeting, "poll": row, "form": form}
    return render(request, "live/poll.html", context, status=422 if form.errors else 200)

"""The room of a meeting, for those who registered: they ask, second and vote; browsers ask whether there is anything new."""

from typing import Final

from csp.decorators import csp_exempt
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from plaza.core import rate
from plaza.core.plain import plain_line, row_number
from plaza.core.translations import reader_language
from plaza.live.access import HEADER, LASTS, Presence, Ticket, cookie_of, presence, pulse_for, read_ticket
from plaza.live.choices import QuestionState
from plaza.live.domain import asking, polls
from plaza.live.domain.board import board_of, marks_of
from plaza.live.domain.rooms import RoomClosed
from plaza.live.forms import AskForm
from plaza.live.kept_boards import etag_of, state_answer
from plaza.live.models import Poll, Question, Room
from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting
from plaza.registration.models import Registration

# Of each person; her finger slips, a program's does not tire.
ASKING: Final = rate.Limit("asking in a room", burst=5, every=60)
SECONDING: Final = rate.Limit("seconding and voting in a room", burst=30, every=2)
# What somebody is told who asks again, in the same words, what she has asked before.
NOT_AGAIN: Final = {
    QuestionState.ANSWERED: gettext_lazy("You have asked this already, and it was answered."),
    QuestionState.MERGED: gettext_lazy("You have asked this already: it was joined to another question."),
    QuestionState.DISMISSED: gettext_lazy("You have asked this already, and a moderator decided not to take it up."),
}


@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """By her personal link, whose secret goes no further. Nothing happens here but that she has a ticket; of a course, for
    the room of the module that she chose."""
    row = get_object_or_404(Registration.objects.select_related("meeting").opened_by(token))
    meeting = row.meeting
    if "module" in request.GET:
        modules = Meeting.objects.filter(parent=meeting, parent__kind=MeetingKind.COURSE)
        meeting = get_object_or_404(modules, slug=plain_line(request.GET["module"]))
    response = redirect("live:live", meeting.slug)
    response.set_cookie(
        cookie_of(meeting),
        Ticket(meeting.pk, row.pk).signed(),
        max_age=LASTS,
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Lax",
    )
    return response


@never_cache
def live(request: HttpRequest, slug: str) -> HttpResponse:
    rooms = Room.objects.select_related("meeting", "pulse").prefetch_related("meeting__translations")
    room = get_object_or_404(rooms, meeting__slug=slug)
    here = presence(request, room.meeting)
    if not here.is_in:
        return _outside(request, room, here)
    guest = here.guest
    if request.method == "POST" and request.POST.get("deed") == "leave":
        response = redirect(room.meeting.get_absolute_url())
        response.delete_cookie(cookie_of(room.meeting), samesite="Lax")
        return response
    form = AskForm(request.POST or None, meeting=room.meeting, asker=guest) if guest else None
    status = 200
    if request.method == "POST" and guest and form:
        if request.POST.get("deed") != "ask":
            return _answered(request, room, *_press(request, room, guest))
        status = _ask(request, room, guest, form)
        if status == 302:
            return redirect(request.path)
    return render(request, "live/room.html", _shown(room, here, form), status=status)


def _shown(room: Room, here: Presence, form: AskForm | None) -> dict[str, object]:
    guest = here.guest
    waiting = room.questions.filter(asker=guest, state=QuestionState.WAITING) if guest else ()
    return {
        "room": room,
        "meeting": room.meeting,
        "here": here,
        "form": form,
        "board": board_of(room, reader_language(), marks_of(room, guest) if guest else None),
        "waiting": list(waiting),
        # As it was before the board was read.
        "etag": etag_of(room.pk, room.pulse.number),
    }


def _outside(request: HttpRequest, room: Room, here: Presence) -> HttpResponse:
    """Who registered and has no place (any more) is told so; whoever sees the meeting, how to get in."""
    is_seen = Meeting.objects.visible_to(request.user).filter(pk=room.meeting_id).exists()
    if here.registration is None and not is_seen:
        raise Http404
    context = {"room": room, "meeting": room.meeting, "registration": here.registration}
    return render(request, "live/outside.html", context)


def _ask(request: HttpRequest, room: Room, guest: Registration, form: AskForm) -> int:
    if not form.is_valid():
        return 422
    if not rate.take(ASKING, str(guest.pk)):
        form.add_error(
            None, _("You have asked a lot in a short time. Nothing is lost: wait a minute, then send it again.")
        )
        return 429
    data = form.cleaned_data
    try:
        question = asking.ask(
            room=room,
            asker=guest,
            words=data["words"],
            language=data["language"],
            is_named=data["is_named"],
            session=data.get("session"),
        )
    except RoomClosed:
        form.add_error(None, _("No questions are taken any more."))
        return 409
    if question.asker_id != guest.pk:
        messages.success(request, _("Somebody has asked this already: you are counted there."))
    elif question.state in NOT_AGAIN:
        messages.info(request, NOT_AGAIN[QuestionState(question.state)])
    elif question.state == QuestionState.WAITING:
        messages.success(request, _("Thank you. The others see your question once a moderator has let it pass."))
    else:
        messages.success(request, _("Thank you. Your question is asked."))
    return 302


def _press(request: HttpRequest, room: Room, guest: Registration) -> tuple[str, int]:
    """A sentence for her, and the status of the answer."""
    if not rate.take(SECONDING, str(guest.pk)):
        return _("That was a lot at once. Wait a moment, then try again."), 429
    try:
        if "vote" in request.POST:
            poll = get_object_or_404(Poll, room=room, pk=row_number(request.POST["vote"]))
            chosen = [_line(each) for each in request.POST.getlist(f"choice-{poll.pk}")]
            polls.vote(poll=poll, by=guest, chosen=chosen)
            return _("Your vote is counted. You may change it while the poll is open."), 200
        name = "second" if "second" in request.POST else "take-back"
        question = get_object_or_404(Question, room=room, pk=row_number(request.POST.get(name)))
        if name == "second":
            asking.second(question=question, by=guest)
            return _("You are counted for this question."), 200
        asking.take_back(question=question, by=guest)
        return _("You are no longer counted for this question."), 200
    except RoomClosed:
        return _("The room is closed."), 409
    except asking.TooLate:
        return _("This question was answered or dismissed meanwhile."), 409
    except polls.PollClosed:
        return _("The poll is closed: your vote came too late and was not counted."), 409
    except polls.NoSuchChoice:
        return _("Please choose first, then vote."), 422


def _line(text: str) -> int:
    """The number of a line, the first of which is 0; -1, which none has, where it is no number."""
    return row_number(text) if text.isascii() and text.isdigit() else -1


def _answered(request: HttpRequest, room: Room, sentence: str, status: int) -> HttpResponse:
    """A script that asked gets the sentence alone."""
    if request.headers.get("Accept") == "text/plain":
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
    (messages.success if status == 200 else messages.error)(request, sentence)
    return redirect(room.get_absolute_url())


@csp_exempt()  # type: ignore[untyped-decorator]  # it has no types
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """What browsers ask every ten seconds: neither a session nor an account is looked for, and it is one query where nothing
    is new."""
    found = pulse_for(slug, read_ticket(request.headers.get(HEADER)))
    if found is None:
        return HttpResponse(status=403)
    return state_answer(request, *found, reader_language())

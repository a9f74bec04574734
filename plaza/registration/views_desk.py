"""The desk of a meeting in the workspace: settings, opening and closing, questions, invitations, the door."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.plain import row_number
from plaza.meetings.models import Meeting
from plaza.meetings.zones import called
from plaza.registration.choices import DeskStanding
from plaza.registration.domain import desks, inviting
from plaza.registration.domain.registering import NotOpen
from plaza.registration.forms_desk import DeskForm, DoorForm, InviteForm, QuestionForm
from plaza.registration.models import DoorKeeper, Invitation, Question, RegistrationDesk


@for_staff
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    found = desks.desk_of(meeting)
    found.meeting = meeting
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    settings = DeskForm(request.POST if deed == "save" else None, desk=found)
    inviting_form = InviteForm(request.POST if deed == "invite" else None, prefix="invite")
    door = DoorForm(request.POST if deed == "door" else None, prefix="door")
    if deed and _done(request, deed, found, settings, inviting_form, door):
        return redirect("registration:desk", slug)
    context: dict[str, Any] = {
        "meeting": meeting,
        "desk": found,
        "form": settings,
        "inviting": inviting_form,
        "door": door,
        "is_open": found.standing in (DeskStanding.OPEN, DeskStanding.FULL),
        "zone": called(meeting.clocks),
    }
    if found.pk:
        context |= {
            "questions": found.questions.prefetch_related("translations"),
            "invitations": found.invitations.order_by("pk")[:200],
            "keepers": found.door_keepers.select_related("user").order_by("pk"),
        }
    return render(request, "registration/desk.html", context, status=422 if deed else 200)


def _done(
    request: HttpRequest, deed: str, found: RegistrationDesk, settings: DeskForm, invites: InviteForm, door: DoorForm
) -> bool:
    by, pk = the_user(request.user), row_number(request.POST.get("pk"))
    if deed == "save":
        if not settings.is_valid():
            return False
        settings.save(by=by)
        messages.success(request, _("The settings were saved."))
    elif deed == "open":
        _open(request, found, by)
    elif not found.pk:
        messages.info(request, _("Save the settings first, or open the registration."))
    elif deed == "close":
        desks.close_registration(meeting=found.meeting, by=by)
        messages.success(request, _("The registration is closed. The waiting list still moves."))
    elif deed == "invite":
        return _invited(request, found, invites, by)
    elif deed == "take-back":
        inviting.take_back(invitation=get_object_or_404(Invitation, desk=found, pk=pk), by=by)
        messages.success(request, _("The invitation was withdrawn: its link opens nothing any more."))
    elif deed == "door":
        if not door.is_valid():
            return False
        desks.put_at_door(desk=found, user=door.cleaned_data["address"], by=by)
        messages.success(request, _("Saved: this person may check people in."))
    elif deed == "from-door":
        desks.take_from_door(keeper=get_object_or_404(DoorKeeper, desk=found, pk=pk), by=by)
    return True


def _open(request: HttpRequest, found: RegistrationDesk, by: Any) -> None:
    try:
        desks.open_registration(meeting=found.meeting, by=by)
        messages.success(request, _("The registration is open."))
    except desks.NotAnnounced:
        messages.error(request, _("Announce the meeting first: nobody can register for a draft, or for what is over."))


def _invited(request: HttpRequest, found: RegistrationDesk, form: InviteForm, by: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        _row, is_new = inviting.invite(desk=found, by=by, **form.cleaned_data)
    except NotOpen:
        messages.error(request, _("The registration is closed: open it first."))
        return True
    except inviting.NoPlaceToKeep:
        form.add_error(
            "keeps_seat",
            _("No place is left that could be kept. Raise the number of places first, or invite without keeping one."),
        )
        return False
    if is_new:
        messages.success(request, _("The invitation was written."))
    else:
        messages.info(request, _("This address is invited already; no second letter was written."))
    return True


@for_staff
def question(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    found = get_object_or_404(RegistrationDesk.objects.select_related("meeting"), meeting=meeting)
    row = get_object_or_404(Question, desk=found, pk=pk) if pk else None
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    by = the_user(request.user)
    if row is not None and deed == "up":
        desks.move_up(question=row, by=by)
        return redirect("registration:desk", slug)
    if row is not None and deed == "remove":
        desks.remove_question(question=row, by=by)
        messages.success(request, _("The question is removed, with its answers."))
        return redirect("registration:desk", slug)
    form = QuestionForm(request.POST if request.method == "POST" else None, desk=found, question=row)
    if request.method == "POST" and form.is_valid() and form.save(by=by):
        messages.success(request, _("The question was saved."))
        return redirect("registration:desk", slug)
    context = {
        "meeting": meeting,
        "question": row,
        "form": form,
        "columns": form.columns("label", "options"),
        "answers": row.answers.count() if row else 0,
    }
    return render(request, "registration/question.html", context, status=422 if form.errors else 200)

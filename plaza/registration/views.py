"""Registering without an account, and one's own registration by its link."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import is_member, the_user
from plaza.accounts.guards import for_members
from plaza.core import rate
from plaza.core.dates import Precision
from plaza.core.languages import DEFAULT
from plaza.core.open_forms import may_send, status_of
from plaza.mail.domain import lists
from plaza.meetings.choices import MeetingMode, MeetingStatus
from plaza.meetings.domain.online import Door
from plaza.meetings.models import Meeting
from plaza.registration.choices import DeskStanding, RegistrationState
from plaza.registration.domain import deciding, inviting
from plaza.registration.domain.calendars import calendar_link_of, renew_calendar_link
from plaza.registration.domain.doors import doors_of_own
from plaza.registration.domain.hours import hours_of, moment
from plaza.registration.domain.joining import entrance_of, modules_for
from plaza.registration.domain.links import door_picture, join_path_of, path_of
from plaza.registration.domain.listing import ahead_of
from plaza.registration.domain.registering import NotOpen
from plaza.registration.domain.registering import register as register_for
from plaza.registration.domain.seats import SHUT, UNPROVED_HOURS
from plaza.registration.domain.telling import REMINDERS
from plaza.registration.forms import ChangeForm, RegisterForm
from plaza.registration.models import Invitation, Registration, RegistrationDesk

# A whole room may stand behind one address.
REGISTERING: Final = rate.Limit("registering for meetings", burst=60, every=10)
SHOWN: Final = 50


@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer is the same whether the address is registered or not: what there is to say stands in the letter."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    desk = get_object_or_404(RegistrationDesk.objects.prefetch_related("translations"), meeting=meeting)
    desk.meeting = meeting
    return _register(request, desk, None)


@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link; it lets in to a meeting that its bearer would not see. One that was used is told kindly."""
    invitation = inviting.opened_by(token)
    if invitation is None:
        return render(request, "registration/no_invitation.html", status=410)
    return _register(request, invitation.desk, invitation)


def _register(request: HttpRequest, desk: RegistrationDesk, invitation: Invitation | None) -> HttpResponse:
    user = the_user(request.user) if is_member(request.user) else None
    address = invitation.email if invitation else user.email if user else ""
    own = Registration.objects.filter(meeting=desk.meeting, email=user.email).first() if user else None
    if own is not None and own.is_standing and request.method == "GET" and not invitation:
        return redirect(path_of(own))
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        desk=desk,
        address=address,
        initial={"name": invitation.name if invitation else user.name if user else ""},
    )
    may_come = desk.meeting.status not in SHUT and (
        desk.standing in (DeskStanding.OPEN, DeskStanding.FULL)
        or (invitation is not None and desk.standing == DeskStanding.NOT_YET)
    )
    if may_come and may_send(form, request, REGISTERING):
        try:
            row = register_for(desk=desk, given=form.given(), by=user, invitation=invitation)
        except NotOpen:
            may_come = False
        else:
            if user is not None and row.email == user.email:
                messages.success(request, _("Your registration was received."))
                return redirect(path_of(row))
            received = {
                "meeting": desk.meeting,
                "email": row.email,
                "hours": UNPROVED_HOURS if desk.seats else 0,
            }
            return render(request, "registration/received.html", received)
    context = {
        "meeting": desk.meeting,
        "desk": desk,
        "form": form,
        "address": address,
        "hours": hours_of(desk.meeting, "", get_language() or DEFAULT),
        "may_come": may_come,
        "is_invited": invitation is not None,
    }
    return render(
        request,
        "registration/register.html",
        context,
        status=status_of(form) if may_come and not form.asks_back else 200,
    )


@never_cache
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Her own page. Looking at it does nothing: programs that look for bad links follow them too."""
    row = get_object_or_404(Registration.objects.for_page().opened_by(token))
    deed = request.POST.get("deed") if request.method == "POST" else None
    try:
        if deed == "confirm":
            if deciding.confirm_address(registration=row).is_standing:
                messages.success(request, _("Thank you: your address is confirmed."))
        elif deed == "accept":
            deciding.accept_offer(registration=row)
            messages.success(request, _("The place is yours."))
        elif deed == "cancel":
            deciding.cancel(registration=row)
            messages.success(request, _("Your registration is cancelled. Thank you for telling us."))
    except deciding.TooLate:
        messages.info(request, _("The offer has ended, and the place went on to the next in the line."))
    if deed:
        return redirect(path_of(row))
    language = get_language() or DEFAULT
    zone = row.zone or row.meeting.timezone
    desk = row.meeting.registration_desk
    entrance, modules = entrance_of(row), modules_for(row)
    is_off = row.meeting.status == MeetingStatus.CANCELLED
    has_a_door = row.meeting.mode != MeetingMode.ONLINE and not is_off
    context = {
        "is_online": row.state == RegistrationState.CONFIRMED and entrance.door not in (Door.NONE, Door.OVER, Door.OFF),
        "opens": moment(entrance.opens, zone, language) if entrance.opens and entrance.door == Door.NOT_YET else "",
        "registration": row,
        "registration_token": token,
        "meeting": row.meeting,
        "doors": doors_of_own(row),
        "hours": hours_of(row.meeting, row.zone, language),
        "modules": [(module, hours_of(module, row.zone, language), _way_into(row, module)) for module in modules],
        "confirm_by": moment(row.confirm_until, zone, language) if row.confirm_until else "",
        "until": moment(row.offered_until, zone, language) if row.offered_until else "",
        "ahead": ahead_of(row) if row.state == RegistrationState.WAITLISTED else 0,
        "picture": door_picture(row) if row.state == RegistrationState.CONFIRMED and has_a_door else "",
        "is_over": row.meeting.status in SHUT,
        "has_calendar": row.state == RegistrationState.CONFIRMED
        and not is_off
        and any(each.date_precision == Precision.DAY for each in (row.meeting, *modules)),
        "reminders": lists.place_of(REMINDERS, row.email, row.meeting.uuid.hex),
        "may_come_back": desk.standing in (DeskStanding.OPEN, DeskStanding.FULL),
    }
    return render(request, "registration/mine.html", context)


def _way_into(row: Registration, module: Meeting) -> str:
    """Empty while its door is not open, and for whoever has no place."""
    is_open = row.state == RegistrationState.CONFIRMED and entrance_of(row, module).door == Door.OPEN
    return join_path_of(row, module) if is_open else ""


@never_cache
def change(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(Registration.objects.for_page().opened_by(token))
    if not row.is_standing:
        return redirect(path_of(row))
    desk = row.meeting.registration_desk
    form = ChangeForm(
        request.POST if request.method == "POST" else None, request.FILES or None, desk=desk, registration=row
    )
    if request.method == "POST" and form.is_valid():
        try:
            deciding.change(registration=row, given=form.given())
            messages.success(request, _("Your answers were saved."))
        except deciding.TooLate:
            messages.info(request, _("It was cancelled or has ended meanwhile: nothing was changed."))
        return redirect(path_of(row))
    context = {"registration": row, "meeting": row.meeting, "form": form}
    is_wrong = request.method == "POST" and not form.asks_back
    return render(request, "registration/change.html", context, status=422 if is_wrong else 200)


@never_cache
@for_members
def own(request: HttpRequest) -> HttpResponse:
    """What somebody signed in has registered for, the next meeting first; and the link to it all for her calendar."""
    user = the_user(request.user)
    if request.method == "POST":
        renew_calendar_link(user=user)
        messages.success(request, _("Your link is made. Put it into your calendar."))
        return redirect("registration:own")
    rows = Registration.objects.filter(user=user).for_page().prefetch_related("meeting__translations")
    found = [(row, path_of(row)) for row in rows.order_by("-meeting__starts_at", "-pk")[:SHOWN]]
    link = calendar_link_of(user)
    context = {"rows": found, "calendar": link, "webcal": f"webcal:{link.partition(':')[2]}" if link else ""}
    return render(request, "registration/own.html", context)

"""The desk of meetings: what is being prepared, and one meeting from its first idea to its last state."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.plain import plain_line, row_number
from plaza.meetings.choices import DEEDS, OFF, MeetingStatus
from plaza.meetings.domain import desk as desk_reads
from plaza.meetings.domain.balance import balance_of
from plaza.meetings.domain.doors import desk_of
from plaza.meetings.domain.organisers import take_from_organisers
from plaza.meetings.domain.programme_page import programme_of
from plaza.meetings.domain.states import NotAllowed, move_meeting, moves_of
from plaza.meetings.domain.told import in_words
from plaza.meetings.domain.versions import last_version, tell_changes, untold
from plaza.meetings.forms import AboutForm, HoursForm, NewMeetingForm, OrganiserForm, TextsForm, ZoneForm
from plaza.meetings.forms_sessions import SessionForm
from plaza.meetings.models import Meeting


@for_staff
def desk(request: HttpRequest) -> HttpResponse:
    heaps = (
        (_("Being prepared"), desk_reads.in_preparation()),
        (_("Coming"), desk_reads.coming()),
        (_("Over, and waiting for the recording"), desk_reads.waiting_for_recording()),
    )
    rows = [{"title": title, "meetings": list(found[: desk_reads.MOST])} for title, found in heaps]
    return render(request, "meetings/desk.html", {"heaps": rows})


@for_staff
def add(request: HttpRequest) -> HttpResponse:
    form = NewMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(by=the_user(request.user))
        messages.success(request, _("A draft: nobody but those who run the network sees it yet."))
        return redirect("meetings:hours", made.slug)
    return _form(request, None, form, _("New meeting"), _("Continue"))


def one(request: HttpRequest, slug: str) -> Meeting:
    found: Meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    return found


@for_staff
def work_on(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    programme = programme_of(meeting)
    organisers = list(meeting.organisers.select_related("city__country", "organization"))
    changes = untold(meeting)
    return render(
        request,
        "meetings/work_on.html",
        {
            "meeting": meeting,
            "programme": programme,
            "organisers": organisers,
            "missing": desk_reads.missing_of(
                meeting, programme, has_organiser=bool(organisers), is_in_places=meeting.places.exists()
            ),
            "clashes": desk_reads.clashes_of(meeting, programme),
            "balance": balance_of(meeting),
            "changes": in_words(changes, meeting.timezone),
            "last": last_version(meeting),
            "moves": [(to.value, DEEDS[to]) for to in moves_of(meeting) if to not in OFF],
            "offs": [(to.value, DEEDS[to]) for to in moves_of(meeting) if to in OFF],
            "doors": desk_of(meeting, request.user),
            "form": SessionForm(meeting=meeting),
        },
    )


@for_staff
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    form = TextsForm(request.POST or None, record=meeting)
    if request.method == "POST" and form.is_valid():
        form.save(meeting, by=the_user(request.user))
        return _saved(request, meeting)
    return render(
        request, "meetings/texts.html", {"meeting": meeting, "form": form}, status=422 if form.errors else 200
    )


@for_staff
def about(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    form = AboutForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid() and form.save(by=the_user(request.user)):
        return _saved(request, meeting)
    return _form(request, meeting, form, _("What it is, and where"), _("Save"))


@for_staff
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    form = HoursForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        form.save(by=the_user(request.user))
        return _saved(request, meeting)
    return _form(request, meeting, form, _("When it is"), _("Save"))


@for_staff
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """The hours by other clocks: what stays is said by whoever moves it."""
    meeting = one(request, slug)
    form = ZoneForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid() and form.save(by=the_user(request.user)):
        return _saved(request, meeting)
    return _form(request, meeting, form, _("Move it to other clocks"), _("Move"))


@for_staff
def organise(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    if "take-away" in request.POST:
        row = get_object_or_404(meeting.organisers, pk=row_number(request.POST["take-away"]))
        take_from_organisers(organiser=row, by=the_user(request.user))
        return redirect("meetings:organise", slug)
    form = OrganiserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(meeting, by=the_user(request.user))
        return redirect("meetings:organise", slug)
    rows = meeting.organisers.select_related("city__country", "organization")
    return render(
        request,
        "meetings/organise.html",
        {"meeting": meeting, "form": form, "organisers": rows},
        status=422 if form.errors else 200,
    )


@require_POST
@for_staff
def move(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    to, why = request.POST.get("to", ""), plain_line(request.POST.get("why", ""))[:400]
    try:
        move_meeting(meeting=meeting, to=MeetingStatus(to), by=the_user(request.user), why=why)
    except (NotAllowed, ValueError):
        messages.error(request, _("That cannot be done from the state it is in now."))
    else:
        messages.success(request, _("The meeting is now: %(state)s.") % {"state": MeetingStatus(to).label})
    return redirect("meetings:work-on", slug)


@require_POST
@for_staff
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    version = tell_changes(meeting=one(request, slug), by=the_user(request.user))
    if version is None:
        messages.info(request, _("There is nothing new to tell: everybody knows the programme as it is."))
    else:
        messages.success(request, _("Those who registered are told, once."))
    return redirect("meetings:work-on", slug)


def _saved(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("meetings:work-on", meeting.slug)


def _form(request: HttpRequest, meeting: Meeting | None, form: Any, title: str, button: str) -> HttpResponse:
    return render(
        request,
        "meetings/form.html",
        {"meeting": meeting, "form": form, "title": title, "button": button},
        status=422 if form.errors else 200,
    )

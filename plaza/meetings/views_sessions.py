"""The desk of a meeting's sessions, of who is on stage in them, of its tracks and rooms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.plain import row_number
from plaza.meetings.domain.changes import OnTheProgramme, remove_session, take_off_stage
from plaza.meetings.domain.desk import clashes_of
from plaza.meetings.domain.places import remove_place
from plaza.meetings.domain.programme_page import programme_of
from plaza.meetings.forms_sessions import PlaceForm, SessionForm, SessionTexts, StageForm
from plaza.meetings.models import Meeting, Room, Session, Track
from plaza.meetings.views_desk import one


@for_staff
def new_session(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = one(request, slug)
    form = SessionForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        made = form.save(by=the_user(request.user))
        messages.success(request, _("Added. Now say who is on stage."))
        _warn(request, meeting)
        return redirect("meetings:edit-session", slug, made.number)
    return render(
        request,
        "meetings/form.html",
        {"meeting": meeting, "form": form, "title": _("New session"), "button": _("Add it")},
        status=422 if form.errors else 200,
    )


@for_staff
def edit_session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Three forms on one page, each with its own button: the session itself, who comes on stage, who leaves it."""
    meeting = one(request, slug)
    rows = meeting.sessions.select_related("room", "track").prefetch_related("translations")
    session = get_object_or_404(rows, number=number)
    session.meeting = meeting
    by, deed = the_user(request.user), request.POST.get("deed", "")
    if deed == "take-off":
        row = get_object_or_404(session.appearances, pk=row_number(request.POST.get("which", "")))
        row.session = session
        take_off_stage(appearance=row, by=by)
        return redirect(request.path)
    if deed == "remove":
        return _removed(request, session)
    form = SessionForm(request.POST if deed == "save" else None, meeting=meeting, session=session)
    words = SessionTexts(request.POST if deed == "save" else None, record=session)
    stage = StageForm(request.POST if deed == "stage" else None)
    if deed == "save" and form.is_valid() and words.is_valid():
        form.save(by=by, texts=words.values(form.cleaned_data["language"]))
        messages.success(request, _("Saved."))
        _warn(request, meeting)
        return redirect("meetings:work-on", slug)
    if deed == "stage" and stage.is_valid():
        stage.save(session, by=by)
        _warn(request, meeting)
        return redirect(request.path)
    return render(
        request,
        "meetings/edit_session.html",
        {
            "meeting": meeting,
            "session": session,
            "form": form,
            "words_form": words,
            "stage": stage,
            "appearances": session.appearances.select_related("person", "city", "organization"),
        },
        status=422 if form.errors or stage.errors or words.errors else 200,
    )


def _removed(request: HttpRequest, session: Session) -> HttpResponse:
    try:
        remove_session(session=session, by=the_user(request.user))
    except OnTheProgramme:
        messages.error(
            request, _("People were told of it, or it left something behind: cancel it, then everybody sees that.")
        )
        return redirect(request.path)
    messages.success(request, _("Taken away."))
    return redirect("meetings:work-on", session.meeting.slug)


def _warn(request: HttpRequest, meeting: Meeting) -> None:
    """What the programme has against it now, at once."""
    for clash in clashes_of(meeting, programme_of(meeting))[:3]:
        messages.warning(request, clash.sentence)


@for_staff
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Tracks and rooms, each with its form; `which` says which form was sent: `room`, `track`, or one that there is."""
    meeting = one(request, slug)
    which = request.POST.get("which", "")
    if "remove" in request.POST:
        place = _place(meeting, request.POST["remove"])
        remove_place(place=place, by=the_user(request.user))
        return redirect("meetings:places", slug)
    groups = []
    for is_room, kept in ((True, list(meeting.rooms.all())), (False, list(meeting.tracks.all()))):
        word = "room" if is_room else "track"
        rows: list[tuple[str, Room | Track | None]] = [(f"{word} {row.pk}", row) for row in kept]
        forms = []
        for name, row in [*rows, (word, None)]:
            data = request.POST if which == name else None
            form = PlaceForm(data, meeting=meeting, place=row, is_room=is_room, auto_id=f"{name.replace(' ', '_')}_%s")
            if form.is_bound and form.is_valid() and form.save(by=the_user(request.user)):
                return redirect("meetings:places", slug)
            forms.append({"which": name, "place": row, "form": form})
        groups.append({"is_room": is_room, "forms": forms})
    is_wrong = any(each["form"].errors for group in groups for each in group["forms"])  # type: ignore[attr-defined]
    return render(
        request, "meetings/places.html", {"meeting": meeting, "groups": groups}, status=422 if is_wrong else 200
    )


def _place(meeting: Meeting, name: str) -> Room | Track:
    word, _space, number = name.partition(" ")
    kind: type[Room | Track] = Room if word == "room" else Track
    found: Any = get_object_or_404(kind, meeting=meeting, pk=row_number(number))
    found.meeting = meeting
    return found  # type: ignore[no-any-return]  # one of the two

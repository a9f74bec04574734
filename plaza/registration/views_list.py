"""Who registered: the secretariat's list, one registration, the sheet, the files."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core import history
from plaza.core.languages import DEFAULT
from plaza.core.paging import page_of
from plaza.core.plain import plain_text, row_number
from plaza.core.sheet_responses import attached
from plaza.directory.choices import Sector
from plaza.files.ranges import serve_file
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain import deciding, listing, telling
from plaza.registration.domain.answers import said
from plaza.registration.domain.desks import desk_of
from plaza.registration.models import Answer, Registration

A_PAGE: Final = 50


@for_staff
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    desk = desk_of(meeting)
    if request.method == "POST" and desk.pk:
        _decide(request, meeting)
        return redirect(request.get_full_path())
    rows = listing.chosen(Registration.objects.visible_to(request.user).filter(meeting=meeting), request.GET.dict())
    page = page_of(rows.select_related("city__country").order_by("number"), A_PAGE, request.GET.get("page"))
    context = {
        "meeting": meeting,
        "desk": desk,
        "page": page,
        "counts": listing.counts_of(meeting),
        "cities": listing.cities_of(meeting),
        "states": RegistrationState.choices,
        "sectors": Sector.choices,
        "asked": request.GET,
        "query": request.GET.urlencode(),
        "has_pending": any(row.state == RegistrationState.PENDING for row in page),
        "has_begun": _has_begun(meeting),
        "doubtful": list(telling.doubtful_of(meeting)[:A_PAGE]),
    }
    return render(request, "registration/registered.html", context)


def _has_begun(meeting: Meeting) -> bool:
    """Before that there is no recording that could be sent."""
    if meeting.starts_at:
        return meeting.starts_at <= timezone.now()
    return meeting.date_start is not None and meeting.date_start <= timezone.localdate()


def _decide(request: HttpRequest, meeting: Meeting) -> None:
    desk, by = meeting.registration_desk, the_user(request.user)
    chosen = [number for each in request.POST.getlist("chosen")[:500] if (number := row_number(each))]
    deed = request.POST.get("deed")
    if deed == "follow-up":
        telling.ask_follow_up(meeting=meeting, by=by)
        messages.success(request, _("It is being written to those who came and agreed to be written to."))
    elif not chosen:
        messages.info(request, _("Nobody was chosen: tick those you mean."))
    elif deed == "approve":
        n = deciding.approve(desk=desk, chosen=chosen, by=by)
        messages.success(request, ngettext("%(n)d was approved.", "%(n)d were approved.", n) % {"n": n})
    elif deed == "reject":
        why = plain_text(request.POST.get("why", ""))[:2000]
        n = deciding.reject(desk=desk, chosen=chosen, by=by, why=why)
        messages.success(request, ngettext("%(n)d was not accepted.", "%(n)d were not accepted.", n) % {"n": n})


@for_staff
def sheet(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    rows = listing.chosen(Registration.objects.visible_to(request.user).filter(meeting=meeting), request.GET.dict())
    name = f"{meeting.slug}-{timezone.localdate().isoformat()}"
    return attached(listing.sheet(desk_of(meeting), rows, get_language() or DEFAULT), name, form)


@for_staff
def registration(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = Registration.objects.visible_to(request.user).for_page().select_related("person", "checked_in_by")
    row = get_object_or_404(rows, meeting__slug=slug, pk=pk)
    if request.method == "POST" and request.POST.get("deed") == "cancel":
        deciding.cancel(registration=row, by=the_user(request.user), why=request.POST.get("why", ""))
        messages.success(request, _("The registration is cancelled, and a letter says so."))
        return redirect("registration:registration", slug, pk)
    language = get_language() or DEFAULT
    answers = row.answers.select_related("question").prefetch_related("question__translations")
    context = {
        "registration": row,
        "meeting": row.meeting,
        "answers": [
            (answer, answer.question.words("label", language), said(answer, language))
            for answer in answers.order_by("question__position")
        ],
        "consents": row.consents.order_by("pk"),
        "history": history.of(row).select_related("by"),
    }
    return render(request, "registration/registration.html", context)


@for_staff
def answer_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """As a download: whatever it holds, no page of ours shows it."""
    answers = Answer.objects.filter(registration__in=Registration.objects.visible_to(request.user))
    row = get_object_or_404(answers.exclude(file=""), registration__meeting__slug=slug, pk=pk)
    response = serve_file(request, row.file, media_type=row.media_type)
    extension = (row.file.name or "").rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="{slug}-{row.registration_id}-{row.pk}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

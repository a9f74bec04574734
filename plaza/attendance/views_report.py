"""One report: its ledger, what it leaves open, and who in it is who."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.accounts.models import User
from plaza.attendance.choices import FOUND, Match
from plaza.attendance.domain.came import ledger
from plaza.attendance.domain.deciding import NotSo, say_new, say_who, undo
from plaza.attendance.domain.matching import match_again
from plaza.attendance.domain.receiving import settle, take_back
from plaza.attendance.domain.sheets import WHY, aside_sheet
from plaza.attendance.domain.showing import FORMATS, another_day, shown
from plaza.attendance.forms import PersonForm, TimesForm
from plaza.attendance.models import AttendanceImport, AttendanceRow
from plaza.core.plain import plain_line, row_number
from plaza.core.sheet_responses import attached
from plaza.directory.models import Person

A_PAGE: Final = 20
MOST_ASIDE: Final = 50
KINDS: Final = {
    "doubt": Q(match=Match.DOUBT),
    "unknown": Q(match=Match.UNKNOWN),
    "found": Q(match__in=FOUND),
    "decided": Q(match=Match.DECIDED),
}


@for_staff
def report(request: HttpRequest, pk: int) -> HttpResponse:
    reports = AttendanceImport.objects.visible_to(request.user).select_related("meeting", "session", "by")
    found = get_object_or_404(reports, pk=pk)
    deed, by = request.POST.get("deed", ""), the_user(request.user)
    times = TimesForm(*([request.POST] if deed == "times" else []), report=found)
    if deed == "times" and times.is_valid() and _said(request, times, by):
        return redirect("attendance:report", pk)
    if deed == "take back":
        take_back(report=found, by=by)
        messages.success(request, _("The report is taken back: nobody of it counts any more."))
        return redirect("attendance:report", pk)
    if deed == "again" and not found.is_taken_back:
        n = match_again(report=found, by=by)
        settle(found)
        messages.success(request, ngettext("%(n)d more was found.", "%(n)d more were found.", n) % {"n": n})
        return redirect("attendance:report", pk)
    return _shown(request, found, times, status=422 if times.errors else 200)


def _said(request: HttpRequest, form: TimesForm, by: User) -> bool:
    try:
        form.say(by=by)
    except NotSo:
        messages.error(request, _("This cannot be said of the report as it is now. Please look at it again."))
        return True
    messages.success(request, _("Thank you: the times of the report are settled."))
    return True


def _shown(
    request: HttpRequest,
    found: AttendanceImport,
    times: TimesForm,
    refused: tuple[int, PersonForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A form that was refused comes back with what was typed."""
    counts = found.rows.aggregate(**{name: Count("pk", filter=each) for name, each in KINDS.items()}, all=Count("pk"))
    kind = request.GET.get("show", "")
    kind = kind if kind in KINDS else next((name for name in KINDS if counts[name]), "doubt")
    rows = found.rows.filter(KINDS[kind]).select_related("person", "city__country")
    paginator = Paginator(rows, A_PAGE)
    paginator.count = counts[kind]  # known already
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "report": found,
        "tool": FORMATS.get(found.format, _("a sheet of one’s own")),
        "meeting": found.meeting,
        "ledger": ledger(found),
        "another_day": another_day(found),
        "times": times,
        "is_asked": any(not getattr(found, each) for each in found.asks),
        "counts": counts,
        "show": kind,
        "page": page,
        "rows": [(each, _form_of(each.row, refused)) for each in shown(page)],
        "aside": [(left, _(str(left.get(WHY)))) for left in found.put_aside if not left["structure"]][:MOST_ASIDE],
        "own_rows": sum(left["structure"] for left in found.put_aside),
    }
    return render(request, "attendance/report.html", context, status=status)


def _form_of(row: AttendanceRow, refused: tuple[int, PersonForm] | None) -> PersonForm:
    return refused[1] if refused and refused[0] == row.number else PersonForm(prefix=f"r{row.number}")


def _this(request: HttpRequest, row: AttendanceRow, by: User) -> None:
    person = Person.objects.standing().filter(pk=row_number(request.POST.get("person"))).first()
    if person is None:
        raise NotSo
    say_who(row=row, person=person, by=by)


DEEDS: Final[dict[str, Callable[[HttpRequest, AttendanceRow, User], object]]] = {
    "this": _this,
    "new": lambda request, row, by: say_new(row=row, name=plain_line(request.POST.get("called", ""))[:200], by=by),
    "nobody": lambda request, row, by: say_who(row=row, person=None, by=by),
    "undo": lambda request, row, by: undo(row=row, by=by),
}


@require_POST
@for_staff
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    reports = AttendanceImport.objects.visible_to(request.user).select_related("meeting", "session", "by")
    found = get_object_or_404(reports, pk=pk)
    row = get_object_or_404(found.rows, number=number)
    deed, by = request.POST.get("deed", ""), the_user(request.user)
    try:
        if deed == "another":
            form = PersonForm(request.POST, prefix=f"r{number}")
            if not form.is_valid():
                return _shown(request, found, TimesForm(report=found), (number, form), status=422)
            say_who(row=row, person=form.cleaned_data["name"], by=by)
        elif deed in DEEDS:
            DEEDS[deed](request, row, by)
    except NotSo:
        messages.error(request, _("This cannot be said of the report as it is now. Please look at it again."))
    return redirect(f"{reverse('attendance:report', args=[pk])}?{request.GET.urlencode()}#queue")


@for_staff
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(AttendanceImport.objects.visible_to(request.user), pk=pk)
    return attached(aside_sheet(found), f"put-aside-{pk}", "csv")

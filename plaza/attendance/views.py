"""Who came to one meeting: reports come in here, and the list goes out."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.attendance.domain.came import who_came
from plaza.attendance.domain.figures import figures_of
from plaza.attendance.domain.receiving import HereAlready
from plaza.attendance.domain.sheets import came_sheet, cities_by_key, meeting_name
from plaza.attendance.domain.showing import FORMATS, ROLES
from plaza.attendance.forms import ReportForm
from plaza.attendance.models import AttendanceImport
from plaza.core.plain import row_number
from plaza.core.sheet_responses import attached
from plaza.directory.choices import Sector
from plaza.formats.refusal import Refused
from plaza.meetings.models import Meeting
from plaza.ui.charts import chart

A_PAGE: Final = 100


@for_staff
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    form = ReportForm(*([request.POST, request.FILES] if request.method == "POST" else []), meeting=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("attendance:report", form.receive(by=the_user(request.user)).pk)
        except HereAlready as already:
            messages.info(request, _("This report came in before: here it is. Nothing was changed."))
            return redirect("attendance:report", already.as_.pk)
        except Refused as reason:
            form.add_error("file", _(str(reason.why)))
    return render(request, "attendance/meeting.html", _shown(request, found, form), status=422 if form.errors else 200)


def _shown(request: HttpRequest, found: Meeting, form: ReportForm) -> dict[str, object]:
    figures = figures_of(found)
    number = min(max(row_number(request.GET.get("page")), 1), figures.people // A_PAGE + 1)
    people = who_came(found.pk, first=(number - 1) * A_PAGE, most=A_PAGE)
    cities = cities_by_key(row.city for row in people)
    sectors = dict(Sector.choices)
    reports = AttendanceImport.objects.visible_to(request.user).filter(meeting=found).defer("report", "put_aside")
    return {
        "meeting": found,
        "form": form,
        "figures": figures,
        "chart": chart(_("How long people stayed"), figures.stays),
        "reports": [(row, FORMATS.get(row.format, _("a sheet of one’s own"))) for row in reports.select_related("by")],
        "unreadable": [(row, _(row.why)) for row in found.sent_reports.exclude(why="").defer("body")],
        "people": [
            (row, cities.get(row.city or 0, row.city_words), sectors.get(row.sector, ""), ROLES.get(row.role, ""))
            for row in people
        ],
        "before": number - 1,
        "after": number + 1 if number * A_PAGE < figures.people else 0,
    }


@for_staff
def sheet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    return attached(came_sheet(found), meeting_name(found), form)

"""Over many meetings, or one series: who came from where, who stays, who is new, who never comes."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plaza.accounts.guards import for_staff
from plaza.attendance.domain.figures import Overview, with_reports
from plaza.attendance.domain.figures import overview as looked_over
from plaza.attendance.domain.sheets import cities_sheet, meetings_sheet
from plaza.attendance.models import AttendanceImport
from plaza.core.plain import row_number
from plaza.core.sheet_responses import attached
from plaza.meetings.models import Meeting, Series
from plaza.ui.charts import chart

MOST_BARS: Final = 12
MOST_ROWS: Final = 100


@for_staff
def overview(request: HttpRequest) -> HttpResponse:
    found = _asked_for(request)
    last = found.meetings[-MOST_BARS:]
    series = Series.objects.filter(meetings__attendance_imports__isnull=False).distinct().order_by("title")
    waiting = AttendanceImport.objects.visible_to(request.user).waiting().select_related("meeting")
    context = {
        "found": found,
        "series": series.prefetch_related("translations"),
        "chosen": row_number(request.GET.get("series")),
        "waiting": waiting.defer("report", "put_aside")[:MOST_ROWS],
        "charts": [
            chart(_("People who came"), [(row.meeting.title, row.people) for row in last]),
            chart(_("Who came before"), [(row.meeting.title, row.returning) for row in last]),
            chart(_("Stayed for half or more, in %"), [(row.meeting.title, row.stayed_share or 0) for row in last]),
        ],
        "meetings": found.meetings[: -MOST_ROWS - 1 : -1],
        "cities": found.cities[:MOST_ROWS],
        "never": found.never[:MOST_ROWS],
        "more_never": max(0, len(found.never) - MOST_ROWS),
    }
    return render(request, "attendance/overview.html", context)


@for_staff
def sheet(request: HttpRequest, form: str) -> HttpResponse:
    found, of_cities = _asked_for(request), request.GET.get("of") == "cities"
    return attached(
        (cities_sheet if of_cities else meetings_sheet)(found),
        f"attendance-{'cities' if of_cities else 'meetings'}",
        form,
    )


def _asked_for(request: HttpRequest) -> Overview:
    """A series there is not is as if none were named."""
    meetings = Meeting.objects.visible_to(request.user)
    series = row_number(request.GET.get("series"))
    if series and Series.objects.filter(pk=series).exists():
        meetings = meetings.filter(series=series)
    return looked_over(list(with_reports(meetings)))

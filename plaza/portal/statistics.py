"""The numbers of the network, for those who run it: charts with their table beside, and the same as a sheet."""

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.guards import for_staff
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.sheets import as_csv
from plaza.core.translations import reader_language
from plaza.portal.domain.statistics import Period, Span, Statistics
from plaza.portal.domain.statistics import statistics as counted
from plaza.ui.charts import Chart, chart

COLUMNS: Final[dict[str, str | Promise]] = {
    "meetings": gettext_lazy("Meetings held"),
    "people": gettext_lazy("People on stage"),
    "cities": gettext_lazy("Member cities heard"),
    "members": gettext_lazy("New member cities"),
    "asked": gettext_lazy("Questions asked"),
    "in_vain": gettext_lazy("Asked in vain"),
    "recordings": gettext_lazy("Recordings"),
    "subscribers": gettext_lazy("New subscribers"),
    "corrections": gettext_lazy("Corrections asked for"),
}
CHARTS: Final = ("meetings", "people", "asked", "recordings")


@for_staff
def statistics(request: HttpRequest) -> HttpResponse:
    found = _asked_for(request)
    return render(
        request,
        "portal/statistics.html",
        {
            "found": found,
            "spans": [(span.value, span.label, span == found.span) for span in Span],
            "columns": list(COLUMNS.values()),
            "rows": [(_name(found.span, period.start), _numbers(period)) for period in reversed(found.periods)],
            "spoken": [NATIVE_NAMES[code] for code in LANGUAGES],
            "hours": [
                (_name(found.span, period.start), [_rounded(period.hours[code]) for code in LANGUAGES])
                for period in reversed(found.periods)
                if period.all_hours
            ],
            "charts": [_chart(found, what) for what in CHARTS],
            "countries": [(name, members, heard, members - heard) for name, members, heard in found.countries],
        },
    )


@for_staff
def statistics_sheet(request: HttpRequest) -> HttpResponse:
    found = _asked_for(request)
    head = [
        _("From"),
        *COLUMNS.values(),
        *(_("Hours: %(language)s") % {"language": NATIVE_NAMES[x]} for x in LANGUAGES),
    ]
    rows = [
        [period.start.isoformat(), *_numbers(period), *(_rounded(period.hours[code]) for code in LANGUAGES)]
        for period in found.periods
    ]
    response = HttpResponse(as_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statistics-{found.span.value}.csv"'
    return response


def _asked_for(request: HttpRequest) -> Statistics:
    """A span there cannot be is as if none were named."""
    span = request.GET.get("by", "")
    return counted(Span(span) if span in Span.values else Span.MONTH, reader_language())


def _numbers(period: Period) -> list[int]:
    return [period.counts.get(what, 0) for what in COLUMNS]


def _rounded(hours: float) -> float:
    return round(hours, 1)


def _name(span: Span, start: dt.date) -> str:
    if span == Span.YEAR:
        return str(start.year)
    if span == Span.QUARTER:
        return _("quarter %(number)d of %(year)d") % {"number": (start.month + 2) // 3, "year": start.year}
    return formats.date_format(start, "YEAR_MONTH_FORMAT")


def _chart(found: Statistics, what: str) -> Chart:
    values = [(_name(found.span, period.start), period.counts.get(what, 0)) for period in found.periods]
    return chart(str(COLUMNS[what]), values)

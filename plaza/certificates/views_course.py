"""A course: who attended which of its modules."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plaza.accounts.guards import for_staff
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.domain.sheets import cohort_sheet, missing_of
from plaza.core.paging import slice_of
from plaza.core.sheet_responses import attached
from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting

A_PAGE: Final = 100


@for_staff
def course(request: HttpRequest, slug: str) -> HttpResponse:
    roll = roll_of(_course(request, slug))
    page = slice_of(roll.people, A_PAGE, request.GET.get("page"))
    context = {
        "meeting": roll.meeting,
        "roll": roll,
        "page": page,
        "modules": [(module, roll.lengths.get(module.pk), roll.wanted.get(module.pk)) for module in roll.modules],
        "rows": [(each, missing_of(roll, each)) for each in page.object_list],
        "completed": sum(each.qualifies for each in roll.people),
    }
    return render(request, "certificates/course.html", context)


@for_staff
def sheet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = _course(request, slug)
    return attached(cohort_sheet(roll_of(found)), f"{found.slug}-cohort", form)


def _course(request: HttpRequest, slug: str) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).filter(kind=MeetingKind.COURSE)
    found: Meeting = get_object_or_404(rows, slug=slug)
    return found

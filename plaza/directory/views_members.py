"""The member cities and what is missing of each; the membership of one, with who speaks for it."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.plain import row_number
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain import focal_points, handing_over, people, profiles
from plaza.directory.domain.membership import LeavesBeforeItCame, NotThatWay
from plaza.directory.domain.records import held_already
from plaza.directory.forms_terms import FocalPointForm, LastDayForm, MayorForm, MoveForm
from plaza.directory.models import City, FocalPoint, Membership

A_PAGE: Final = 50


@for_staff
def member_cities(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("name", "")[:100]
    rows = City.objects.filter(network_membership__isnull=False).called_like(words).order_by("name_sort", "pk")
    page = Paginator(profiles.for_completeness(rows), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/member_cities.html",
        {"page": page, "cities": profiles.with_missing(page.object_list), "words": words},
    )


@for_staff
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.select_related("country", "network_membership"), slug=slug)
    standing = getattr(city, "network_membership", None)
    before = MembershipStatus(standing.status) if standing else None
    deed = request.POST.get("deed", "")

    def sent(name: str) -> Any:
        return request.POST if deed == name else None

    forms = {
        "move": MoveForm(sent("move"), before=before, auto_id="move_%s"),
        "focal": FocalPointForm(sent("focal"), city=city, auto_id="focal_%s"),
        "mayor": MayorForm(sent("mayor"), city=city, auto_id="mayor_%s"),
        "last": LastDayForm(request.POST if deed in ("end-focal", "end-mayor") else None),
    }
    is_right = deed in _DEEDS and forms[_DEEDS[deed]].is_valid()
    if is_right and _do(request, city, deed, forms):
        return redirect("directory:membership", slug)
    today = timezone.localdate()
    return render(
        request,
        "directory/membership.html",
        {
            "city": city,
            "membership": standing,
            "forms": forms,
            "focal_points": city.focal_points.for_list(),
            "mayors": Membership.objects.filter(post__city=city, post__is_mayor=True)
            .select_related("person", "post")
            .order_by("-start", "-pk"),
            "today": today,
            "hand_overs": city.hand_overs.open().for_list(),
            "entries": history.of(city).select_related("by").order_by("-at", "-pk")[:50],
        },
    )


_DEEDS: Final = {"move": "move", "focal": "focal", "mayor": "mayor", "end-focal": "last", "end-mayor": "last"}


def _do(request: HttpRequest, city: City, deed: str, forms: dict[str, Any]) -> bool:
    """Whether it was done; where not, the form says why."""
    by, form = the_user(request.user), forms[_DEEDS[deed]]
    try:
        if deed == "move":
            form.move(city, by)
        elif deed in ("focal", "mayor"):
            form.name_her(by)
        else:
            _end(request, city, deed, form.cleaned_data["end"], by)
    except people.HeldAlready as error:
        form.add_error(None, held_already(error))
    except (focal_points.EndsBeforeItStarts, people.EndsBeforeItStarts, LeavesBeforeItCame):
        form.add_error(None, _("The last day lies before the first."))
    except NotThatWay:
        form.add_error(None, _("Somebody has changed it meanwhile: look at the page again."))
    else:
        messages.success(request, _("Done, and written into the history."))
        return True
    return False


def _end(request: HttpRequest, city: City, deed: str, end: Any, by: User) -> None:
    """A last day for a focal point or a mayor; whoever comes next is asked for in time."""
    number = row_number(request.POST.get("term"))
    if deed == "end-focal":
        term = get_object_or_404(FocalPoint.objects.select_related("city"), city=city, pk=number)
        focal_points.end_focal_point(focal_point=term, on=end, by=by)
        handing_over.close_others(term, by)
    else:
        row = get_object_or_404(Membership, post__city=city, post__is_mayor=True, pk=number)
        people.correct_appointment(membership=row, end=end, by=by)
        handing_over.close_others(row, by)

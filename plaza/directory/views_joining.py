"""A city applies without an account; those who run the network answer, or invite one."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core import rate
from plaza.core.open_forms import may_send, status_of
from plaza.directory.choices import ApplicationState
from plaza.directory.domain import applications
from plaza.directory.forms_joining import AcceptApplicationForm, ApplyForm, DeclineForm, InviteCityForm, TakeUpForm
from plaza.directory.models import CityApplication

APPLYING: Final = rate.Limit("applying for a city", burst=5, every=600)
A_PAGE: Final = 20


@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """The same answer whatever is here already, but for a city that is a member: that everybody may know."""
    sent = request.POST if request.method == "POST" else None
    form = ApplyForm(sent, initial={"city": request.GET.get("city", "")[:200]})
    if may_send(form, request, APPLYING):
        form.send()
        return render(request, "directory/applied.html")
    asks_back = set(form.errors) == {"place"} and not request.POST.get("place")  # a question, and no mistake
    return render(request, "directory/apply.html", {"form": form}, status=200 if asks_back else status_of(form))


@never_cache
def application(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: an applicant confirms her address, or a city that was invited comes in. Looking at it does
    nothing: programs look at links too."""
    row = get_object_or_404(CityApplication.objects.select_related("city__country", "invited_by").opened_by(token))
    form = TakeUpForm(request.POST or None)
    context = {"application": row, "form": form, "is_open": row.is_open and not applications.is_old(row)}
    if request.method == "POST" and context["is_open"]:
        try:
            if row.state != ApplicationState.INVITED:
                context["application"] = applications.confirm(application=row)
                context["is_done"] = True
            elif form.is_valid():
                data = form.cleaned_data
                applications.take_up_invitation(application=row, name=data["name"], post=data["post"])
                context["is_done"] = True
        except applications.AnsweredAlready:
            context["is_open"] = False
    return render(request, "directory/application.html", context, status=200 if context["is_open"] else 410)


@for_staff
def applied(request: HttpRequest) -> HttpResponse:
    form = InviteCityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _row, is_new = applications.invite_city(**form.cleaned_data, by=the_user(request.user))
        if is_new:
            messages.success(request, _("The invitation was written. Its link is good for 30 days."))
        else:
            messages.info(request, _("This address is invited already; no second letter was written."))
        return redirect("directory:applications")
    rows = CityApplication.objects.visible_to(request.user).open().for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/applications.html", {"form": form, "page": page})


@for_staff
def application_desk(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CityApplication.objects.visible_to(request.user).for_list(), pk=pk)
    deed, by = request.POST.get("deed", ""), the_user(request.user)
    accepting = AcceptApplicationForm(request.POST if deed == "accept" else None, application=row)
    declining = DeclineForm(request.POST if deed == "decline" else None)
    try:
        if deed == "withdraw":
            applications.withdraw_invitation(application=row, by=by)
            messages.success(request, _("The invitation was withdrawn: its link opens nothing any more."))
            return redirect("directory:applications")
        if deed == "accept" and accepting.is_valid():
            accepting.accept(by)
            if accepting.stays_paused:
                messages.success(request, _("The membership rests as before. The focal point is invited as an editor."))
            else:
                messages.success(
                    request, _("The city is a member from today. Its focal point is invited as an editor.")
                )
            return redirect("directory:applications")
        if deed == "decline" and declining.is_valid():
            applications.decline(application=row, why=declining.cleaned_data["why"], by=by)
            messages.success(request, _("The application is declined, and what was kept of the applicant is removed."))
            return redirect("directory:applications")
    except applications.AnsweredAlready:
        messages.info(request, _("Somebody has answered it already."))
        return redirect("directory:applications")
    except applications.MembershipRests:
        messages.info(request, _("The membership of the city rests since a moment ago: look at the page again."))
        return redirect("directory:application-desk", pk)
    return render(
        request,
        "directory/application_desk.html",
        {
            "application": row,
            "accepting": accepting,
            "declining": declining,
            "others": CityApplication.objects.visible_to(request.user).beside(row).for_list()[:A_PAGE],
        },
    )

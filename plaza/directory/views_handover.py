"""Handing over: the focal point's link, the next person's link, and the desk of the secretariat."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.accounts.models import User
from plaza.directory.choices import HandOverState
from plaza.directory.domain import handing_over, people
from plaza.directory.domain.records import held_already
from plaza.directory.forms_joining import WhoForm
from plaza.directory.forms_terms import NextForm, StayForm
from plaza.directory.models import HandOver

A_PAGE: Final = 20


@never_cache
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Who comes next? Looking at the page does nothing."""
    row = get_object_or_404(HandOver.objects.for_list().opened_by(token))
    reason = handing_over.why_not(row)
    forms = _forms(request, row)
    if request.method == "POST" and not reason:
        try:
            if _answer(request, forms, None):
                row.refresh_from_db()
                return render(request, "directory/hand_over_answered.html", {"hand_over": row})
        except handing_over.NotNow as error:
            reason = error.reason
    context = {"hand_over": row, "reason": reason, "forms": forms}
    return render(request, "directory/hand_over.html", context, status=410 if reason else 200)


@never_cache
def named(request: HttpRequest, token: str) -> HttpResponse:
    """The next person accepts."""
    row = get_object_or_404(HandOver.objects.for_list().accepted_by(token))
    reason = handing_over.why_not_next(row)
    context: dict[str, Any] = {"hand_over": row, "reason": reason}
    if request.method == "POST" and not reason:
        try:
            handing_over.accept(row=row)
            context["is_done"] = True
        except handing_over.NotNow as error:
            context["reason"] = error.reason
        except (people.HeldAlready, people.EndsBeforeItStarts):
            context["reason"] = "settled"
    return render(request, "directory/hand_over_next.html", context, status=410 if context["reason"] else 200)


@for_staff
def hand_overs(request: HttpRequest) -> HttpResponse:
    page = Paginator(HandOver.objects.visible_to(request.user).open().for_list(), A_PAGE)
    return render(request, "directory/hand_overs.html", {"page": page.get_page(request.GET.get("page"))})


@for_staff
def hand_over_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """By hand, where the link was lost or nobody answers."""
    row = get_object_or_404(HandOver.objects.visible_to(request.user).for_list(), pk=pk)
    forms = _forms(request, row)
    deed, by = request.POST.get("deed", ""), the_user(request.user)
    who = WhoForm(request.POST if deed == "accept" else None, name=row.next_name, email=row.next_email)
    try:
        if deed == "close":
            handing_over.close(row=row, by=by)
        elif deed == "again":
            return _ask_again(request, row, by)
        elif deed == "accept" and row.state == HandOverState.NAMED:
            if not who.is_valid():
                deed = ""
            else:
                handing_over.accept(row=row, by=by, person=who.person)
        elif not _answer(request, forms, by):
            deed = ""
    except (handing_over.NotNow, people.EndsBeforeItStarts):
        messages.info(request, _("Somebody has answered it already."))
        deed = ""
    except people.HeldAlready as error:
        messages.error(request, held_already(error))
        deed = ""
    if deed:
        messages.success(request, _("Done, and written into the history."))
        return redirect("directory:hand-overs")
    return render(request, "directory/hand_over_desk.html", {"hand_over": row, "forms": forms, "who": who})


def _ask_again(request: HttpRequest, row: HandOver, by: User) -> HttpResponse:
    try:
        if handing_over.ask_again(row=row, by=by):
            messages.success(request, _("Whoever speaks for the city was written to again."))
        else:
            messages.info(
                request,
                _(
                    "No address is known, so nobody was written to: please ask the city, and write the answer down here."
                ),
            )
    except handing_over.NotNow:
        messages.info(request, _("There is nothing to ask any more: it was answered, or another day or person is set."))
    return redirect("directory:hand-over-desk", row.pk)


def _forms(request: HttpRequest, row: HandOver) -> dict[str, Any]:
    deed = request.POST.get("deed", "")
    return {
        "next": NextForm(request.POST if deed == "next" else None, row=row),
        "stay": StayForm(request.POST if deed == "stay" else None, row=row),
    }


def _answer(request: HttpRequest, forms: dict[str, Any], by: User | None) -> bool:
    form = forms.get(request.POST.get("deed", ""))
    return form is not None and form.is_valid() and form.say(by)

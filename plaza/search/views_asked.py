"""What was asked: the page of those who run the network, and the page that tells everyone what is kept."""

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.search.access import KEEP_NO_QUESTIONS, SIGNALS, declines, signals
from plaza.search.domain.asked import dismiss, groups_in_vain, note, reopen
from plaza.search.forms import AskedForm
from plaza.search.models import AskedGroup

A_PAGE: Final = 20
A_YEAR: Final = 365 * 24 * 60 * 60
DEEDS: Final = {"note": note, "dismiss": dismiss, "reopen": reopen}


@for_staff
def asked(request: HttpRequest) -> HttpResponse:
    form = AskedForm(request.GET, user=request.user)
    groups = groups_in_vain(request.user, **form.chosen())
    page = Paginator(groups, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/asked.html", {"form": form, "page": page})


@require_POST
@for_staff
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes, dismisses or reopens, and comes back to the same choice of questions."""
    group = get_object_or_404(AskedGroup.objects.visible_to(request.user), pk=pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is not None:
        deed(group=group, by=the_user(request.user))
    chosen = request.GET.urlencode()
    return redirect(reverse("search:asked") + (f"?{chosen}" if chosen else ""))


@vary_on_headers("Cookie", *SIGNALS)
def questions_kept(request: HttpRequest) -> HttpResponse:
    """Tells what is kept; a POST with `keep` says whether hers may be, and a cookie of a year remembers a no."""
    if request.method != "POST":
        return render(
            request,
            "search/questions_kept.html",
            {"days": settings.QUESTIONS_KEPT_DAYS, "declines": declines(request), "signals": signals(request)},
        )
    response = redirect("search:questions-kept")
    if request.POST.get("keep") == "no":
        response.set_cookie(
            KEEP_NO_QUESTIONS,
            "1",
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    elif request.POST.get("keep") == "yes":
        response.delete_cookie(KEEP_NO_QUESTIONS, samesite="Lax")
    return response

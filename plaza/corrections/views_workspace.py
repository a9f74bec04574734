"""Corrections asked for: the pages of those who run the network."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.subjects import at
from plaza.corrections.domain.answering import ClosedAlready, take_up
from plaza.corrections.domain.legal import legal_times
from plaza.corrections.forms import AnswerForm
from plaza.corrections.models import Correction

A_PAGE: Final = 20


@for_staff
def asked_for(request: HttpRequest) -> HttpResponse:
    page = Paginator(Correction.objects.visible_to(request.user).for_list(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "corrections/asked_for.html", {"page": page, "times": legal_times()})


@for_staff
def request_page(request: HttpRequest, pk: int, form: AnswerForm | None = None) -> HttpResponse:
    correction = get_object_or_404(Correction.objects.visible_to(request.user), pk=pk)
    return render(
        request,
        "corrections/request.html",
        {
            "correction": correction,
            "words": correction.words.select_related("by"),
            "found": at(correction.path, request.user) if correction.path else None,
            "form": form or AnswerForm(subject=correction.subject),
        },
        status=422 if form else 200,
    )


@require_POST
@for_staff
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    correction = get_object_or_404(Correction.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST, subject=correction.subject)
    try:
        if request.POST.get("deed") == "take_up":
            take_up(correction=correction, by=the_user(request.user))
        elif not form.is_valid():
            return request_page(request, pk, form)
        else:
            form.answer(correction=correction, by=the_user(request.user))
            messages.success(request, _("Your answer was recorded, and a letter was written."))
    except ClosedAlready:
        messages.error(request, _("This request was closed meanwhile. Your answer was not recorded."))
    return redirect("corrections:request", pk=pk)

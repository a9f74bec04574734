"""Asking for a correction, and following it, without an account."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.core import rate
from plaza.core.subjects import LONGEST, at
from plaza.corrections.domain import asking
from plaza.corrections.domain.links import path_of
from plaza.corrections.forms import AskForm, WordForm
from plaza.corrections.models import Correction

REQUESTS: Final = rate.Limit("corrections", burst=10, every=360)
WORDS: Final = rate.Limit("words on corrections", burst=10, every=120)


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    about = given.get("about", "")[:LONGEST]
    found = at(about, request.user) if about else None
    form = AskForm(request.POST if request.method == "POST" else None, found=found, initial={"about": about})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if rate.take(REQUESTS, rate.address_block(request)):
                correction = form.send()
                messages.success(request, _("Your request was received. Keep the address of this page."))
                return redirect(path_of(correction))
            status = 429
            form.add_error(None, _too_often())
    return render(
        request, "corrections/ask.html", {"form": form, "found": found, "was_sought": bool(about)}, status=status
    )


@never_cache
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The same page whatever the state; no link, a wrong one and one of yesterday's key are the same 404."""
    correction = get_object_or_404(Correction.objects.followed_by(token))
    form, status = WordForm(), 200
    if request.method == "POST" and request.POST.get("deed") == "withdraw":
        asking.withdraw(correction=correction)
        return redirect(request.path)
    if request.method == "POST":
        form, status = WordForm(request.POST), 422
        if form.is_valid() and not rate.take(WORDS, rate.address_block(request)):
            status = 429
            form.add_error(None, _too_often())
        elif form.is_valid():
            try:
                asking.add_word(correction=correction, text=form.cleaned_data["text"])
                messages.success(request, _("Your words were added."))
            except asking.NoMoreWords:
                messages.error(request, _("Nothing can be added to this request any more. Please make a new one."))
            return redirect(request.path)
    return render(
        request,
        "corrections/followed.html",
        {
            "correction": correction,
            "words": correction.words.all(),
            "form": form,
            "address": request.build_absolute_uri(),
        },
        status=status,
    )


def _too_often() -> str:
    return _("Too much was sent from your connection. Nothing is lost: wait a few minutes, then send it again.")

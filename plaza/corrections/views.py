"""Asking for a correction, and following it, without an account."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.core import rate
from plaza.core.open_forms import may_send, status_of
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
    if may_send(form, request, REQUESTS):
        correction = form.send()
        messages.success(request, _("Your request was received. Keep the address of this page."))
        return redirect(path_of(correction))
    context = {"form": form, "found": found, "was_sought": bool(about)}
    return render(request, "corrections/ask.html", context, status=status_of(form))


@never_cache
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The same page whatever the state; no link, a wrong one and one of yesterday's key are the same 404."""
    correction = get_object_or_404(Correction.objects.followed_by(token))
    if request.method == "POST" and request.POST.get("deed") == "withdraw":
        asking.withdraw(correction=correction)
        return redirect(request.path)
    form = WordForm(request.POST if request.method == "POST" else None)
    if may_send(form, request, WORDS):
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
        status=status_of(form),
    )

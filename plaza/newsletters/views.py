"""Asking for the letters of the network, confirming it, and the choice of one's own account."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_members
from plaza.core import rate
from plaza.core.open_forms import may_send, status_of
from plaza.newsletters.domain import subscribing
from plaza.newsletters.domain.consent import consent_words
from plaza.newsletters.forms import MineForm, SubscribeForm
from plaza.newsletters.models import Subscriber

REQUESTS: Final = rate.Limit("subscriptions", burst=10, every=360)


@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the address is known or not: what there is to say stands in the letter."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if may_send(form, request, REQUESTS):
        form.ask()
        return render(request, "newsletters/asked.html", {"email": form.cleaned_data["email"]})
    return render(request, "newsletters/subscribe.html", {"form": form}, status=status_of(form))


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking confirms nothing: programs that look for bad links follow them too. A link that is too old and one that
    never was are told alike."""
    found = Subscriber.objects.opened_by(token).first()
    if request.method == "POST":
        found = subscribing.confirm(token=token)
    if found is None or found.is_too_old:
        return render(request, "newsletters/too_old.html", status=410)
    return render(request, "newsletters/confirm.html", {"subscriber": found})


@never_cache
@for_members
def mine(request: HttpRequest) -> HttpResponse:
    user = the_user(request.user)
    row = Subscriber.objects.with_consent().filter(email=user.email).first()
    form = MineForm(
        request.POST if request.method == "POST" else None, initial={"topics": list(row.topics.all()) if row else []}
    )
    if request.method == "POST" and request.POST.get("deed") == "leave":
        subscribing.leave_account(user=user)
        messages.success(request, _("You will receive no more letters of the network."))
        return redirect("newsletters:mine")
    if request.method == "POST" and form.is_valid():
        form.subscribe(user)
        messages.success(request, _("You will receive the letters of the network."))
        return redirect("newsletters:mine")
    return render(request, "newsletters/mine.html", {"row": row, "form": form, "consent": consent_words()})

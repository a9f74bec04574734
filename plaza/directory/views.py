"""How people come in: the invitation's page, asking to join."""

from typing import Final

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import is_member
from plaza.core import rate
from plaza.core.open_forms import may_send, status_of
from plaza.core.translations import reader_language
from plaza.directory.domain.invitations import NotOpen, accept, is_good
from plaza.directory.forms import AcceptForm, JoinForm
from plaza.directory.models import Invitation

JOINING: Final = rate.Limit("asking to join", burst=5, every=600)


@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """No link, a wrong one and one that is closed: the first two are a 404, the last is told."""
    found = Invitation.objects.opened_by(token).select_related("invited_by", "city__country", "organization")
    invitation = get_object_or_404(found)
    is_anothers = is_member(request.user) and request.user.email != invitation.email  # type: ignore[union-attr]
    form = AcceptForm(request.POST or None)
    is_open = is_good(invitation)
    if request.method == "POST" and is_open and not is_anothers and form.is_valid():
        try:
            user = accept(invitation=invitation, name=form.cleaned_data["name"], language=reader_language())
        except NotOpen:
            is_open = False
        else:
            messages.success(request, _("Welcome. You can sign in with a code by e-mail, or set a password."))
            if is_member(request.user):
                return redirect("accounts:account")
            # The link came to her address, as a code would have; a second step is still asked for.
            record_authentication(request, user, method="invitation")
            response: HttpResponse = perform_login(request, Login(user=user, email=user.email))
            return response
    return render(
        request,
        "directory/invited.html",
        {"invitation": invitation, "form": form, "is_open": is_open, "is_anothers": is_anothers},
        status=200 if is_open else 410,
    )


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None)
    if may_send(form, request, JOINING):
        form.send()
        return render(request, "directory/join_asked.html")
    return render(request, "directory/join.html", {"form": form}, status=status_of(form))

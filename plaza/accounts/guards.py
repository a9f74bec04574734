"""Guards of pages: who is let in, and what the others are told."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from plaza.accounts.access import is_member, is_staff, the_user

View = Callable[..., HttpResponseBase]
LATELY: Final = 15 * 60


def turned_away(request: HttpRequest) -> HttpResponse:
    """Visitors are asked to sign in; for members who may not come in there is nothing here."""
    if is_member(request.user):
        raise Http404
    return redirect_to_login(request.get_full_path())


def for_staff(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_staff(request.user) else turned_away(request)

    return guarded


def for_members(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_member(request.user) else turned_away(request)

    return guarded


def signed_in_lately(view: View) -> View:
    """For what would give an account away: whoever finds an open session must sign in once more."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        records = get_authentication_records(request, the_user(request.user))
        if any(time.time() - each.get("at", 0) < LATELY for each in records):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('accounts:again')}?{urlencode({'next': request.path})}")

    return guarded

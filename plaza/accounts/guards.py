"""Guards of pages: who is let in, and what the others are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from plaza.accounts.access import is_member, is_staff

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Visitors are asked to sign in; members who do not run the network find nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_staff(request.user):
            return view(request, *args, **kwargs)
        if is_member(request.user):
            raise Http404
        return redirect_to_login(request.get_full_path())

    return guarded

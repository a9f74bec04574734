"""The guard before all pages: an address without a rule is not there, and those who run the network sign in twice."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from plaza.accounts.access import is_member, the_user
from plaza.accounts.domain.second_step import needs_second_step
from plaza.accounts.guards import turned_away
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, rules

# What she needs to add her second step, or to leave.
OPEN_WITHOUT: Final = {"accounts:second-step-set-up", "accounts:again", "account_logout", "account_login"}


class Guard:
    """Views look again at what they show; this one makes sure that no page was forgotten."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: Any, positional: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        rule = rules.get(name)
        if rule is None:
            raise Http404
        if rule not in (EVERYBODY, WHOEVER_HAS_THE_LINK) and not rule.admits(request.user, named):
            return turned_away(request)
        # Somebody who never signed in has no session: her pages ask nothing of the database for this.
        is_known = name not in OPEN_WITHOUT and request.session.session_key and is_member(request.user)
        if is_known and needs_second_step(the_user(request.user)):
            return redirect("accounts:second-step-set-up")
        return None

"""The bare address leads to a language that is offered; what a telephone may keep for the way is marked."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from plaza.accounts.access import is_member
from plaza.core.routes import EVERYBODY, rules
from plaza.network.domain.face import face

KEEP: Final = "Plaza-Keep"


class Face:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        if request.path == "/" and response.status_code == 302:
            here = face()
            wanted = get_language_from_request(request)
            response["Location"] = f"/{wanted if wanted in here.languages else here.default}/"
            patch_vary_headers(response, ["Accept-Language"])
        elif _may_be_kept(request, response):
            response[KEEP] = "yes"
        return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A page for everybody, read by somebody who is not signed in, and without a form that is hers alone."""
    match = request.resolver_match
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and match is not None
        and rules.get(match.view_name) is EVERYBODY
        and not is_member(request.user)
        # A form of hers brings a cookie with it.
        and not response.cookies
    )

"""Languages and addresses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class OneLanguageAnAddress:
    """An address says its language (`/pt/…`), so the answer depends on no header: a shared cache may keep
    it. Only the bare `/` is answered by what the browser prefers."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        if request.path == "/":
            patch_vary_headers(response, ["Accept-Language"])
        elif response.get("Vary"):
            kept = [name for name in response["Vary"].split(", ") if name.lower() != "accept-language"]
            response["Vary"] = ", ".join(kept)
        return response


class NoNullMarks:
    """PostgreSQL keeps no NUL, and nobody types one: it is taken out of what stands behind the question mark, so that no
    page has to think of it. (Forms refuse it themselves.)"""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\0", "")
        return self._answer(request)

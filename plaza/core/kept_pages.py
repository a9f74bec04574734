"""Pages that are the same for everybody who is not signed in: made once for each version of the data, then handed out.

A shared cache may keep them too (`public`), but asks each time whether its copy still holds (`no-cache`, an ETag from the
bytes): nobody sees a page from before an edit. `If-Modified-Since` alone gets the whole page: a clock does not know of a
transaction that began before it and ended after. Everything else is `private`.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags

from plaza.core.changes import data_version, made_under
from plaza.core.lately import Lately

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES: Final = 32 * 1024 * 1024
LONGEST_ADDRESS: Final = 400
WORTH_PACKING: Final = 500


def for_everybody(view: View) -> View:
    """A visitor's page of this view depends on its address, the data and the day, and on nothing else."""
    view.is_for_everybody = True  # type: ignore[attr-defined]  # a mark on the function
    return view


@dataclass(slots=True)
class KeptPage:
    version: str
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    _packed: bytes | None = None

    @property
    def packed(self) -> bytes:
        """Empty where it is not worth it. Made for the first who asks for it: half of what a short page costs."""
        if self._packed is None:
            self._packed = gzip.compress(self.body, 6) if len(self.body) > WORTH_PACKING else b""
        return self._packed

    @property
    def weight(self) -> int:
        """As much as it may become."""
        return len(self.body) * 3 // 2 + 1000


pages: Final[Lately[str, KeptPage]] = Lately(MOST_BYTES, lambda page: page.weight)


class PagesForEverybody:
    """Stands before sessions and languages: a page that is kept needs neither."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer
        self._strangers_cookies = (settings.SESSION_COOKIE_NAME, "messages")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        may_be_kept = (
            request.method in ("GET", "HEAD")
            and len(address) <= LONGEST_ADDRESS
            and not any(name in request.COOKIES for name in self._strangers_cookies)
            # What a transaction changed has no version of its own before it ends.
            and not connection.in_atomic_block
        )
        if not may_be_kept:
            return _private(self._answer(request))
        kept = pages.get(address)
        # Asked before the page is made: what changes meanwhile makes the next version.
        version = data_version() if kept else ""
        if kept and kept.version == version:
            return _handed_out(kept, request)
        request.kept_under = version  # type: ignore[attr-defined]  # for process_view
        before = made_under.set("")
        try:
            response = self._answer(request)
        finally:
            made_under.reset(before)
        if not getattr(request, "is_for_everybody", False) or response.status_code != 200 or response.cookies:
            return _private(response)
        made = _page(response, request.kept_under)  # type: ignore[attr-defined]  # set above
        if request.method == "GET":
            pages.keep(address, made)
        return _handed_out(made, request, response)

    def process_view(self, request: HttpRequest, view: Any, positional: Any, named: Any) -> None:
        """The first time that an address is asked for, only here is known whether its page is for everybody."""
        if getattr(view, "is_for_everybody", False) and hasattr(request, "kept_under"):
            request.kept_under = request.kept_under or data_version()
            request.is_for_everybody = True  # type: ignore[attr-defined]  # ours
            made_under.set(request.kept_under)


def _page(response: HttpResponse, version: str) -> KeptPage:
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    patch_cache_control(response, public=True, no_cache=True)
    # For nginx, which keeps nothing that says no-cache: keep it, and call it old at once (docs/hosting/nginx).
    response["X-Accel-Expires"] = "@1"
    body = response.content
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date()
    return KeptPage(version, etag, tuple(response.items()), body)


def _handed_out(page: KeptPage, request: HttpRequest, made: HttpResponse | None = None) -> HttpResponse:
    """`made`: the answer that the page was taken from, where it was made for this request."""
    # Not by `request.headers`, which reads them all.
    asked = request.META
    held = parse_etags(asked.get("HTTP_IF_NONE_MATCH", ""))
    if page.etag in held or "*" in held:
        response = HttpResponse(status=304)
        for name, value in page.headers:
            if name not in ("Content-Type", "Content-Language"):
                response[name] = value
        del response["Content-Type"]
        return response
    is_packed = "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "") and bool(page.packed)
    body = page.packed if is_packed else page.body
    response = made or HttpResponse(body)
    if made is None:
        for name, value in page.headers:
            response[name] = value
    if is_packed:
        response.content = body
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """What depends on who asks: no shared cache keeps it, and a browser asks again."""
    if not response.has_header("Cache-Control") and "text/html" in response.get("Content-Type", ""):
        patch_cache_control(response, private=True, no_cache=True)
    return response

"""Nothing is fetched for a certificate: whatever address stands in it, in whatever way."""

from typing import Any, NoReturn

from weasyprint.urls import URLFetcher


class Nothing(URLFetcher):  # type: ignore[misc]  # untyped
    """Also no address of our own, no file and no `data:`: the sheet is whole without."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        raise ValueError("nothing is fetched for a certificate")

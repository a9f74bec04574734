"""What every page knows besides its own matter."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from plaza.core.languages import LANGUAGES
from plaza.ui.navigation import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """The language, what stands behind it in the page's address, the navigation where it is shown. No query."""
    path = request.get_full_path()
    return {
        "is_demo": settings.DEMO,
        "language": get_language(),
        "rest": path[3:] if path[1:3] in LANGUAGES and path[3:4] == "/" else "/",
        "navigation": partial(entries, request),
    }

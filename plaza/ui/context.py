"""What every page knows besides its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.ui.navigation import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """The network's name, the way to the other languages, the navigation. No query."""
    path = request.get_full_path()
    rest = path[3:] if path[1:3] in LANGUAGES and path[3:4] == "/" else "/"
    return {
        "network_name": settings.NETWORK_NAME,
        "is_demo": settings.DEMO,
        "language": get_language(),
        "other_languages": [
            {"code": code, "name": NATIVE_NAMES[code], "url": f"/{code}{rest}"}
            for code in LANGUAGES
            if code != get_language()
        ],
        "navigation": entries(request),
    }

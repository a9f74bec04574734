"""What every page shows of the network."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.network.domain.face import face_of


def network(request: HttpRequest) -> dict[str, Any]:
    """Stands behind `plaza.ui.context.page`, whose name of the network and whose languages it knows better. One query."""
    face = face_of(request)
    path = request.get_full_path()
    rest = path[3:] if path[1:3] in LANGUAGES and path[3:4] == "/" else "/"
    return {
        "network": face,
        "network_name": face.name,
        "other_languages": [
            {"code": code, "name": NATIVE_NAMES[code], "url": f"/{code}{rest}"}
            for code in face.languages
            if code != get_language()
        ],
    }

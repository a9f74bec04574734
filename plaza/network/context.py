"""What every page shows of the network."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from plaza.core.languages import NATIVE_NAMES
from plaza.network.domain.face import face_of


def network(request: HttpRequest) -> dict[str, Any]:
    """Its face, its name, and the other languages in which it speaks. One query."""
    face = face_of(request)
    language = get_language()
    return {
        "network": face,
        "network_name": face.name,
        "other_languages": [
            {"code": code, "name": NATIVE_NAMES[code], "start": f"/{code}"}
            for code in face.languages
            if code != language
        ],
    }

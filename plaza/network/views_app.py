"""What makes of the site an app: its manifest, the worker that keeps pages for the way, the page without a line; and
the network's logo and colours."""

import hashlib
import json
from typing import Final

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from plaza.network.domain.face import face_of
from plaza.network.models import Picture

FOR_EVER: Final = "public, max-age=31536000, immutable"
# Anew each time, and cheap where it is the same: an old worker would outlive an update.
ASK_AGAIN: Final = "no-cache"
# A picture that is opened by itself loads nothing and runs nothing; its own colours may stand in it.
ALONE: Final = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": True}
PAPER: Final = "#fdf9f2"
STATIC: Final = ("ui/plaza.css", "ui/app.js", "ui/mark.svg")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    here = face_of(request)
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    icons.append(
        {"src": static("ui/icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    )
    if here.logo:
        icons.insert(0, {"src": here.logo, "sizes": "any", "type": here.logo_type, "purpose": "any"})
    response = JsonResponse(
        {
            "id": "/",
            "name": here.name,
            "short_name": here.short_name,
            "description": here.lead.text,
            "lang": get_language(),
            "dir": "ltr",
            "start_url": reverse("portal:home"),
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": here.shades[0].ground,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = ASK_AGAIN
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Its bytes change with each version of the program and each edit of the network's face, so browsers take it anew."""
    here = face_of(request)
    offline = []
    for language in here.languages:
        with override(language):
            offline.append(reverse("network:offline"))
    parts = [static(name) for name in STATIC] + [each for each in (here.style_url, here.logo) if each]
    values = {
        # Addresses of our own making.
        "offline": mark_safe(json.dumps(offline)),
        "parts": mark_safe(json.dumps(parts)),
        "default": here.default,
    }
    version = hashlib.sha256(f"{here.version} {render_to_string('network/worker.js', values)}".encode()).hexdigest()[
        :12
    ]
    response = HttpResponse(
        render_to_string("network/worker.js", {**values, "version": version}), content_type="text/javascript"
    )
    response["Cache-Control"] = ASK_AGAIN
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "network/offline.html")


@require_safe
def style(request: HttpRequest, version: object) -> HttpResponse:
    """Only of today's version: an older one is nobody's any more."""
    here = face_of(request)
    if here.version != version:
        raise Http404
    colour, accent = here.shades
    css = render_to_string("network/style.css", {"colour": colour, "accent": accent})
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER
    return response


@require_safe
@csp(ALONE)  # type: ignore[untyped-decorator]
def logo(request: HttpRequest, file: str) -> HttpResponse:
    """Shown as a picture, where nothing in it acts; opened by itself it may do no more."""
    found = Picture.objects.filter(digest=file.partition(".")[0]).first()
    if found is None or found.file_name != file:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    return response

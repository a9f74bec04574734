"""What machines ask of the whole: does the process answer, is everything behind it there, where may a crawler go."""

from typing import Final

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

# A crawler that follows suggested questions would ask the network things that no city wants to know.
ROBOTS: Final = """User-agent: *
Disallow: /*/ask
Disallow: /*/search
Disallow: /*/workspace
Disallow: /*/corrections
Disallow: /*/letters
Disallow: /*/invitations
Disallow: /*/account
Disallow: /*/sign-in
"""


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    return JsonResponse({"ready": True, "database": True})

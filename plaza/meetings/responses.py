"""Leading somebody out of Plaza, into a room of another program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri


def led_out(request: HttpRequest, address: str) -> HttpResponse:
    """A page that goes there by itself, and has a link where it does not. No redirect: the page's policy holds a form to
    this host, and servers send people on to others of theirs. Nobody there learns from which page she came."""
    response = render(request, "meetings/led_out.html", {"address": address})
    response["Refresh"] = f"0; url={iri_to_uri(address)}"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response

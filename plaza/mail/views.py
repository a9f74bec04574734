"""Leaving a list of letters."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from plaza.mail.domain import lists


# A mail program sends the POST by itself, without cookies (RFC 8058); the signed link is what lets it in. Looking at
# the page changes nothing: programs that look for bad links follow them too.
@csrf_exempt
@never_cache
def leave(request: HttpRequest, signed: str) -> HttpResponse:
    place = lists.place_named(signed)
    if place is None:
        raise Http404
    if request.method == "POST":
        (lists.come_back if request.POST.get("again") else lists.leave)(place)
    return render(request, "mail/leave.html", {"place": place, "was_left": place.was_left})

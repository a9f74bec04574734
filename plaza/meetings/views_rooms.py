"""Doors for a video server."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from plaza.core import jobs, rate
from plaza.meetings.models import OnlineVenue

# A room ends once or twice; each call asks the video server about all that are open.
CALLS = rate.Limit("calls that a room has ended", burst=5, every=30)


# Anybody may call it: it is believed nothing. A job asks the server itself whether the room has ended.
@csrf_exempt
@never_cache
def ended(request: HttpRequest, room: object) -> HttpResponse:
    get_object_or_404(OnlineVenue.objects.open_rooms(), meeting__uuid=room)
    if not rate.take(CALLS, str(room)):
        return HttpResponse(status=429)
    jobs.later("plaza.meetings.tasks.look_into_rooms", once_as="look into rooms", timestamp=0)
    return HttpResponse(status=204)

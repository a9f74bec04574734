"""Where a meeting's place online is set, and how somebody opens its room."""

import datetime as dt
import urllib.request

from django.utils import timezone

from plaza.meetings.domain.online import lead_in
from plaza.meetings.models import OnlineVenue
from plaza.venues.venue import Guest

ZOOM = "https://us02web.zoom.us/j/83112345678?pwd=hush"
DESK = "/es/workspace/meetings/river/online/"
ROOM = {"kind": "bigbluebutton", "address": "", "opens_before": "15", "records": "on"}


def now_of(row):
    return OnlineVenue.objects.get(pk=row.pk)


def open_and_enter(row, bbb, name="Ana", key="k1"):
    address = lead_in(now_of(row), Guest(name, key, "es"))
    with urllib.request.urlopen(address):
        pass
    OnlineVenue.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=3))

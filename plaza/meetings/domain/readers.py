"""By whose clocks a reader wants the hours: the zone she chose, else that of her city."""

import datetime as dt

from django.db.models import Q
from django.http import QueryDict

from plaza.accounts.access import Asker, is_member
from plaza.core.languages import known
from plaza.core.plain import row_number
from plaza.directory.models import City
from plaza.meetings.domain.programme_page import Wanted
from plaza.meetings.zones import is_zone


def zone_of(user: Asker) -> str:
    """Of the city for which she does something here, or holds a post. No query for visitors."""
    if not is_member(user):
        return ""
    hers = Q(roles__user=user, roles__end__isnull=True) | Q(
        posts__memberships__person__user=user, posts__memberships__end__isnull=True
    )
    zones = City.objects.filter(hers).exclude(timezone="").order_by("pk").values_list("timezone", flat=True)
    return next((zone for zone in zones[:1] if is_zone(zone)), "")


def wanted_by(query: QueryDict, user: Asker) -> Wanted:
    """What cannot be read is as if it were not said."""
    zone = str(query.get("zone", ""))
    return Wanted(
        day=_day(str(query.get("day", ""))),
        track=row_number(str(query.get("track", ""))) or None,
        language=known(str(query.get("language", ""))) or None,
        zone=zone if zone and is_zone(zone) else zone_of(user),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

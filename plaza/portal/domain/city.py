"""What people said for a city, and the meetings that were held there or told of it."""

from django.db.models import Q, QuerySet

from plaza.accounts.access import Asker
from plaza.directory.models import City
from plaza.meetings.models import Appearance, Meeting
from plaza.portal.domain.stage import appearances_visible_to


def said_by_city(city: City, user: Asker) -> "QuerySet[Appearance]":
    return appearances_visible_to(user).filter(city=city)


def meetings_of_city(city: City, user: Asker) -> "QuerySet[Meeting]":
    """Newest first; each once."""
    here = Q(places=city) | Q(about=city)
    return Meeting.objects.visible_to(user).for_list().filter(pk__in=Meeting.objects.filter(here).values("pk"))

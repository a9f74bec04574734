"""What people said for a city."""

from django.db.models import QuerySet

from plaza.accounts.access import Asker
from plaza.directory.models import City
from plaza.meetings.models import Appearance
from plaza.portal.domain.stage import appearances_visible_to


def said_by_city(city: City, user: Asker) -> "QuerySet[Appearance]":
    return appearances_visible_to(user).filter(city=city)

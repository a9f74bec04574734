"""Where a meeting was held, and which cities it was about."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from plaza.directory.models import City
from plaza.meetings.models import Appearance, Meeting


class CityNamed(NamedTuple):
    """As a page names a city in the reader's language; without a `country` where it has none."""

    slug: str
    called: str
    country: str | None

    @property
    def full_name(self) -> str:
        """As `City.full_name`."""
        return f"{self.called}, {self.country}" if self.country else self.called

    def get_absolute_url(self) -> str:
        return reverse("portal:city", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Where:
    """In the order of the reader's alphabet."""

    held: list[CityNamed]
    about: list[CityNamed]


def held_or_about(city: City, field: str) -> Q:
    """Whose meeting (`field`) was held in the city or about it. One list of meetings, found first: "in this or in that" is
    asked of each meeting there is, in the order of the list that is wanted."""
    return Q(**{f"{field}__in": _held(city).union(_about(city))})


def around_city(city: City) -> Q:
    """Meetings held there, about it, or with somebody of it on stage."""
    spoke = Appearance.objects.filter(city=city).order_by().values("session__meeting")
    return Q(pk__in=_held(city).union(_about(city), spoke))


def _held(city: City) -> "QuerySet[Any]":
    return Meeting.places.through.objects.filter(city=city).order_by().values("meeting")


def _about(city: City) -> "QuerySet[Any]":
    return Meeting.about.through.objects.filter(city=city).order_by().values("meeting")

"""Where a meeting was held, and which cities it was about."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from plaza.directory.models import City
from plaza.meetings.models import Appearance, Meeting


@dataclass(frozen=True, slots=True)
class Where:
    held: list[City]
    about: list[City]


def cities_of(meeting: Meeting) -> Where:
    """Both in one query, in the order of the reader's alphabet."""
    links = (Meeting.places.through, Meeting.about.through)
    held, about = (link.objects.filter(meeting=meeting).values("city") for link in links)
    cities = City.objects.select_related("country").annotate(
        is_held=Exists(held.filter(city=OuterRef("pk"))), is_about=Exists(about.filter(city=OuterRef("pk")))
    )
    # Found first: of each city there is would be asked whether it is one of them.
    found: Any = held.union(about)
    rows = list(cities.filter(pk__in=found).order_by("name_sort", "pk"))
    return Where(
        [city for city in rows if getattr(city, "is_held")],  # noqa: B009  the annotation is not the model's
        [city for city in rows if getattr(city, "is_about")],  # noqa: B009
    )


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

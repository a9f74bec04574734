"""Cities like a city: a small plain ranking, with the reasons said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from plaza.accounts.access import Asker
from plaza.directory.choices import CitySize, MembershipStatus
from plaza.directory.models import City
from plaza.indicators.domain.catalogue import CLIMATE
from plaza.indicators.models import IndicatorValue
from plaza.portal.domain.around import topics_around
from plaza.portal.domain.map import kilometres
from plaza.topics.models import Topic

SHOWN: Final = 6
# What weighs how much. Two things in common are the least that makes a neighbour.
SAME_SIZE: Final = 2
MOST_TIMES: Final = 2.5
A_TOPIC: Final = 1
MOST_TOPICS: Final = 3
NEAR: Final = 1
HIGH_UP: Final = 1
SAME_CLIMATE: Final = 1
LEAST: Final = 2
NEAR_KM: Final = 400
HIGH_M: Final = 1500
ALIKE_M: Final = 500
TOPICS_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Neighbour:
    city: City
    is_member: bool
    score: int
    reasons: list[str]
    km: float


def neighbours_of(city: City, user: Asker) -> list[Neighbour]:
    """Members first, then the score, then the distance. One query: the cities it may be.
    An invented city has invented neighbours only."""
    candidates = list(_candidates(city))
    shared = _shared_topics(city, candidates, user)
    found = [_compared(city, other, shared.get(other.pk, [])) for other in candidates]
    liked = [neighbour for neighbour in found if neighbour.score >= LEAST]
    return sorted(liked, key=lambda n: (not n.is_member, -n.score, n.km, n.city.name_sort, n.city.pk))[:SHOWN]


def _candidates(city: City) -> "list[City]":
    """Members, and the places of its own country of its size."""
    members = Q(network_membership__status=MembershipStatus.MEMBER)
    size = CitySize.of(city.population)
    if size and city.country_id:
        least, most = size.bounds
        same = Q(country=city.country_id, population__gte=least)
        members |= same & Q(population__lt=most) if most else same
    climates = IndicatorValue.objects.filter(indicator__code=CLIMATE, is_withdrawn=False)
    own = climates.filter(city=city.pk).values("category")
    rows = City.objects.filter(members, is_fictional=city.is_fictional).exclude(pk=city.pk)
    return list(
        rows.select_related("country", "network_membership")
        .annotate(has_its_climate=Exists(climates.filter(city=OuterRef("pk"), category__in=own)))
        .defer("search_names", "identifiers", "timezone", "admin1")
    )


def _shared_topics(city: City, others: Iterable[City], user: Asker) -> dict[int, list[Topic]]:
    """By city: what meetings around it were about that meetings around this one were about too. Of those asked for alone: a
    thousand cities may have been met."""
    around = topics_around(user)
    own = around.get(city.pk, {}).keys()
    met = {other.pk: around[other.pk] for other in others if other.pk in around}
    return {pk: [topics[code] for code in sorted(topics.keys() & own)] for pk, topics in met.items()}


def _compared(city: City, other: City, topics: list[Topic]) -> Neighbour:
    membership = getattr(other, "network_membership", None)
    score, reasons = 0, []
    size = CitySize.of(city.population)
    if size and CitySize.of(other.population) == size and _are_of_a_size(city.population, other.population):
        score += SAME_SIZE
        reasons.append(_("of a similar size: %(people)s inhabitants") % {"people": _number(other.population)})
    if topics:
        score += A_TOPIC * min(len(topics), MOST_TOPICS)
        named = ", ".join(topic.called for topic in topics[:TOPICS_NAMED])
        reasons.append(_("meetings on the same topics: %(topics)s") % {"topics": named})
    if _are_high(city, other):
        score += HIGH_UP
        reasons.append(_("high up as well: %(metres)s m") % {"metres": _number(other.elevation_m)})
    if getattr(other, "has_its_climate", False):
        score += SAME_CLIMATE
        reasons.append(_("in the same climate zone"))
    km = _distance(city, other)
    if km <= NEAR_KM:
        score += NEAR
        reasons.append(_("%(km)s km away") % {"km": _number(round(km))})
    is_member = membership is not None and membership.status == MembershipStatus.MEMBER
    return Neighbour(other, is_member, score, reasons, km)


def _are_of_a_size(one: int | None, other: int | None) -> bool:
    """The largest class has no end: a city of two millions is not like one of twelve."""
    return bool(one and other) and max(one or 0, other or 0) <= MOST_TIMES * min(one or 0, other or 0)


def _are_high(city: City, other: City) -> bool:
    if city.elevation_m is None or other.elevation_m is None:
        return False
    return min(city.elevation_m, other.elevation_m) >= HIGH_M and abs(city.elevation_m - other.elevation_m) <= ALIKE_M


def _distance(city: City, other: City) -> float:
    if city.latitude is None or city.longitude is None or other.latitude is None or other.longitude is None:
        return float("inf")
    return kilometres((city.latitude, city.longitude), (other.latitude, other.longitude))


def _number(value: int | None) -> str:
    return str(number_format(value or 0, force_grouping=True))

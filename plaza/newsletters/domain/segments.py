"""Whom a segment means: a question over those who agreed to get letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.directory.choices import CitySize, OrganisationType, Sector
from plaza.directory.models import City, Organization
from plaza.newsletters.domain.roles import in_role, of_cities, of_organisations
from plaza.newsletters.models import Segment, Subscriber, SubscriberQuerySet

FIELDS: Final = ("languages", "countries", "membership", "sizes", "roles", "sectors", "types", "topics")
SHOWN: Final = 20


class NotFree(Exception):
    """Another segment has this name."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How many a segment means, in which languages, and the first of them."""

    by_language: dict[str, int]
    first: list[Subscriber]

    @property
    def total(self) -> int:
        return sum(self.by_language.values())

    def without_words_in(self, languages: Iterable[str]) -> int:
        """How many read a language that is not among these."""
        return sum(n for language, n in self.by_language.items() if language not in set(languages))


@transaction.atomic
def save_segment(*, segment: Segment, name: str, choices: dict[str, list[str]], by: User) -> Segment:
    """What was chosen of no field is not kept."""
    if Segment.objects.filter(name=name).exclude(pk=segment.pk).exists():
        raise NotFree(name)
    is_new = segment.pk is None
    segment.name = name
    segment.choices = {field: sorted(choices[field]) for field in FIELDS if choices.get(field)}
    segment.save()
    history.record(verb="segment added" if is_new else "segment changed", by=by, subject=segment)
    return segment


def contacts(choices: dict[str, Any]) -> SubscriberQuerySet:
    """Within a field any of its values will do; every field that was chosen must hold. Nobody without consent."""
    found = Subscriber.objects.with_consent()
    if languages := choices.get("languages"):
        found = found.filter(language__in=languages)
    if (place := _place(choices)) is not None:
        found = found.filter(place)
    if roles := choices.get("roles"):
        found = found.filter(_any(in_role(role) for role in roles))
    if choices.get("sectors") or choices.get("types"):
        found = found.filter(_kind(choices.get("sectors") or [], choices.get("types") or []))
    if topics := choices.get("topics"):
        interested = Subscriber.topics.through.objects.filter(topic__in=topics)
        found = found.filter(pk__in=interested.values("subscriber"))
    return found


def preview(choices: dict[str, Any]) -> Preview:
    """Two queries, whatever was chosen and however many there are."""
    found = contacts(choices)
    counts = dict(found.order_by().values_list("language").annotate(n=Count("pk")))
    return Preview(
        {language: counts[language] for language in LANGUAGES if language in counts},
        list(found.select_related("person").order_by("asked_at", "pk")[:SHOWN]),
    )


def _place(choices: dict[str, Any]) -> Q | None:
    """Country, membership and size are asked of one and the same city; an organisation has a country only."""
    countries, membership, sizes = (choices.get(name) or [] for name in ("countries", "membership", "sizes"))
    if not (countries or membership or sizes):
        return None
    cities: QuerySet[City] = City.objects.all()
    if countries:
        cities = cities.filter(country__in=countries)
    if membership:
        cities = cities.filter(network_membership__status__in=membership)
    if sizes:
        cities = cities.filter(_any(_sized(CitySize(size)) for size in sizes))
    if membership or sizes:
        return of_cities(cities)
    organisations = Organization.objects.filter(Q(country__in=countries) | Q(city__country__in=countries))
    return of_cities(cities) | of_organisations(organisations)


def _kind(sectors: list[str], types: list[str]) -> Q:
    """A city hall is of the public sector, and a local government, though no organisation stands for it."""
    organisations = Organization.objects.all()
    if sectors:
        organisations = organisations.filter(sector__in=sectors)
    if types:
        organisations = organisations.filter(type__in=types)
    is_city_hall = (not sectors or Sector.PUBLIC in sectors) and (
        not types or OrganisationType.LOCAL_GOVERNMENT in types
    )
    found = of_organisations(organisations)
    return found | of_cities(City.objects.all()) if is_city_hall else found


def _sized(size: CitySize) -> Q:
    least, most = size.bounds
    return Q(population__gte=least) & (Q() if most is None else Q(population__lt=most))


def _any(questions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for question in questions:
        found |= question
    return found

"""Countries, cities, organisations and people by the words that people use for them."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils.text import slugify

from plaza.core.folding import fold
from plaza.core.record_fields import Pointer, Pointers, the_one
from plaza.directory.models import City, Country, Organization, Person


def country_called(text: str) -> Country:
    """By its code or its name in any of the four languages. Raises ValidationError."""
    found: Country = the_one(
        text,
        by_slug=lambda code: Country.objects.filter(code=code.upper()).first(),
        by_name=lambda name: [row for row in Country.objects.all() if fold(name) in _names(row)],
        slug_of=lambda row: str(row.code),
    )
    return found


def city_called(text: str) -> City:
    """`Quito`, `Quito, Ecuador`, `Córdoba, AR`: in any language. Raises ValidationError."""
    found: City = the_one(
        text,
        by_slug=lambda slug: City.objects.select_related("country").filter(slug=slug).first(),
        by_name=cities_named,
    )
    return found


def cities_named(text: str) -> list[City]:
    name, comma, country = text.rpartition(",")
    if not comma:
        name, country = country, ""
    rows = City.objects.select_related("country").filter(search_names__contains=fold(name))
    return [
        row
        for row in rows
        if fold(name) in row.search_names.split("|")
        and (not country or (row.country is not None and fold(country) in _names(row.country)))
    ]


def cities_like(text: str, most: int = 12) -> list[City]:
    """For choosing among: those of that very name first, then those that have it inside, the larger ones first."""
    exact = cities_named(text) if fold(text.partition(",")[0]) else []
    name = fold(text.partition(",")[0])
    rows = City.objects.select_related("country").order_by(F("population").desc(nulls_last=True), "pk")
    inside = list(rows.filter(search_names__contains=name)[:most]) if len(name) > 2 else []
    exact.sort(key=lambda city: -(city.population or 0))
    return list(dict.fromkeys([*exact, *inside]))[:most]


def organisation_called(text: str) -> Organization:
    found: Organization = the_one(
        text,
        by_slug=lambda slug: Organization.objects.filter(slug=slug).first(),
        by_name=lambda name: list(Organization.objects.filter(name__iexact=name)),
    )
    return found


def person_called(text: str) -> Person:
    """Somebody who was not merged into another. Raises ValidationError."""
    people = Person.objects.filter(merged_into__isnull=True)
    found: Person = the_one(
        text,
        by_slug=lambda slug: people.filter(slug=slug).first(),
        by_name=lambda name: list(people.filter(name_sort=fold(name))),
    )
    return found


def named(record: Any) -> str:
    """Its name, and its slug where the name is not its own."""
    return record.name if record.slug == slugify(record.name)[:100] else f"{record.name} ({record.slug})"


def city_field() -> Pointer:
    return Pointer(find=city_called, show=_full_name)


def cities_field() -> Pointers:
    return Pointers(find=city_called, show=_full_name)


def organisation_field() -> Pointer:
    return Pointer(find=organisation_called, show=named)


def person_field() -> Pointer:
    return Pointer(find=person_called, show=named)


def country_field() -> Pointer:
    return Pointer(find=country_called, show=lambda country: country.called)


_full_name: Callable[[City], str] = lambda city: city.full_name  # noqa: E731 a property has no name to hand over


def _names(country: Country) -> set[str]:
    return {fold(str(name)) for name in country.names.values()} | {country.code.casefold()}

"""Cities kept by hand: those that no gazetteer has, and corrections of those it has."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.languages import DEFAULT
from plaza.core.models import HistoryEntry
from plaza.core.records import changed
from plaza.core.slugs import free_slug
from plaza.directory.models import City, Country


@transaction.atomic
def add_city(
    *, names: Mapping[str, str], country: Country, by: User | None, admin1: str = "", population: int | None = None
) -> City:
    """A city of which the gazetteer knows nothing."""
    city = City(country=country, admin1=admin1, population=population)
    _name(city, names)
    city.slug = free_slug(City.objects.all(), slugify(city.name_in(DEFAULT))[:100] or "city")
    city.save()
    history.record(verb="added", by=by, subject=city)
    return city


@transaction.atomic
def correct_city(*, city: City, by: User | None, names: Mapping[str, str] | None = None, **values: Any) -> list[str]:
    """Corrects what the gazetteer says. From then on the gazetteer leaves this city alone."""
    row = City.objects.select_for_update().get(pk=city.pk)
    fields = changed(row, values, ("country", "admin1", "population"))
    written = list(fields)
    others = {language: text for language, text in (names or {}).items() if row.names.get(language, "") != text}
    if others:
        _name(row, row.names | others)
        fields += [f"name_{language}" for language in others]
        written += ["names", "name_sort", "search_names"]
    if fields:
        row.save(update_fields=written)
        history.record(verb="corrected", by=by, subject=row, fields=fields)
    return fields


def corrected_by_hand() -> set[str]:
    """The slugs of the cities that somebody has corrected. One query."""
    told = HistoryEntry.objects.filter(subject_type=ContentType.objects.get_for_model(City), verb="corrected")
    return set(City.objects.filter(pk__in=told.values("subject_id")).values_list("slug", flat=True))


def _name(city: City, names: Mapping[str, str]) -> None:
    """Names, and what follows from them; the other names it goes by stay."""
    first = names.get(DEFAULT) or next((text for text in names.values() if text), "")
    city.names = {language: text for language, text in names.items() if text} | {DEFAULT: first}
    city.name_sort = fold(first)
    standing = city.search_names.split("|") if city.search_names else []
    city.search_names = "|".join(dict.fromkeys([*(fold(name) for name in city.names.values()), *standing]))

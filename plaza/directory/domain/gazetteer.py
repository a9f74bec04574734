"""Loading countries and cities from the files beside this package. Loading again changes nothing
that a person has changed since: only what the gazetteer knows is written."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.text import slugify

from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES
from plaza.directory.domain.places import corrected_by_hand
from plaza.directory.models import City, Country

DATA: Final = Path(__file__).resolve().parent.parent / "data"

FROM_THE_FILE: Final = [
    "names",
    "name_sort",
    "search_names",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "population",
    "elevation_m",
    "timezone",
    "identifiers",
]


@transaction.atomic
def load_gazetteer() -> int:
    """Countries and cities as the files have them; returns how many cities there are in them."""
    Country.objects.bulk_create(
        [
            Country(
                code=row["iso2"],
                names={language: row[f"name_{language}"] for language in LANGUAGES},
                languages=row["languages_official"].split(","),
                currency=row["currency"],
            )
            for row in _rows("countries_lac.csv")
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["names", "languages", "currency"],
    )
    standing = set(City.objects.values_list("slug", flat=True))
    by_geonames = dict(
        City.objects.filter(identifiers__has_key="geonames").values_list("identifiers__geonames", "slug")
    )
    cities = []
    for row in _rows("cities_lac.csv"):
        slug = by_geonames.get(row["geonameid"]) or _free_slug(row, standing)
        standing.add(slug)
        cities.append(_city(row, slug))
    by_hand = corrected_by_hand()
    City.objects.bulk_create(
        [city for city in cities if city.slug not in by_hand],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=FROM_THE_FILE,
    )
    return len(cities)


def _city(row: dict[str, str], slug: str) -> City:
    names = {language: row[f"name_{language}"] or row["name"] for language in LANGUAGES}
    others = [row["name"], row["name_pt_br"], *row["aliases"].split("|")]
    identifiers = {
        "geonames": row["geonameid"],
        "wikidata": row["wikidata"],
        "unlocode": row["unlocode"],
        "iso3166-2": row["iso3166_2"],
    }
    return City(
        slug=slug,
        names=names,
        name_sort=fold(row["name_es"] or row["name"]),
        search_names="|".join(dict.fromkeys(fold(name) for name in [*names.values(), *others] if name)),
        country_id=row["country"],
        admin1=row["admin1"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=int(row["population"]) if row["population"] else None,
        elevation_m=int(row["elevation_m"]) if row["elevation_m"] else None,
        timezone=row["timezone"],
        identifiers={scheme: value for scheme, value in identifiers.items() if value},
    )


def _free_slug(row: dict[str, str], taken: set[str]) -> str:
    """`cordoba-ar`: a name alone is not a place (there are Córdobas in three countries)."""
    base = slugify(f"{row['name']} {row['country']}") or row["geonameid"]
    candidates = [
        base,
        slugify(f"{row['name']} {row['admin1']} {row['country']}"),
        f"{base}-{row['geonameid']}",
    ]
    return next(slug for slug in candidates if slug and slug not in taken)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

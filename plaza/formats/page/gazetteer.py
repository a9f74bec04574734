"""Cities and countries by their names, and where a text really means one of them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from plaza.core.folding import fold

LANGUAGES: Final = ("es", "pt", "en", "fr")
LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ][\w .'’-]{2,}")


@dataclass(frozen=True, slots=True)
class Place:
    geonameid: int
    name: str
    country: str
    population: int


@dataclass
class Gazetteer:
    """`places` and `countries` (ISO 3166-1) by folded name."""

    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, str] = field(default_factory=dict)

    def best(self, name: str, country: str | None = None) -> Place | None:
        """The place of that name; of several the one in `country`, or else the largest."""
        found = self.places.get(fold(name), [])
        here = [place for place in found if place.country == country] or found
        return max(here, key=lambda place: place.population, default=None)

    def country(self, name: str) -> str | None:
        return self.countries.get(fold(name).removeprefix("the ").strip(" .,;"))


def read_gazetteer(*files: Path) -> Gazetteer:
    """From CSV files with the columns of the reference data (docs/developing)."""
    gazetteer = Gazetteer()
    for file in files:
        with file.open(encoding="utf-8", newline="") as rows:
            add(gazetteer, csv.DictReader(rows))
    for name, code in OTHER_COUNTRY_NAMES.items():
        gazetteer.countries.setdefault(name, code)
    return gazetteer


def add(gazetteer: Gazetteer, rows: Iterable[Mapping[str, str]]) -> None:
    for row in rows:
        place = Place(int(row["geonameid"]), row["name"], row["country"], int(row["population"] or 0))
        names = {row["name"], *(row.get(f"name_{language}", "") for language in LANGUAGES)}
        for name in {fold(name) for name in names if name}:
            if place not in gazetteer.places[name]:
                gazetteer.places[name].append(place)
        for language in LANGUAGES:
            if name := row.get(f"country_{language}", ""):
                gazetteer.countries.setdefault(fold(name), row["country"])


# As people write them, beside the long names of the reference data.
OTHER_COUNTRY_NAMES: Final = {
    "usa": "US", "united states": "US", "estados unidos": "US", "eeuu": "US", "uk": "GB", "united kingdom": "GB",
    "reino unido": "GB", "espana": "ES", "spain": "ES", "espanha": "ES", "espagne": "ES", "brasil": "BR",
    "mexico": "MX", "dominican republic": "DO", "republica dominicana": "DO", "trinidad and tobago": "TT",
}  # fmt: skip

"""Cities and countries by their names, and where a text really means one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from plaza.core.folding import fold

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    geonameid: int
    name: str
    country: str
    population: int


@dataclass
class Gazetteer:
    """`places` and `countries` (ISO 3166-1) by folded name."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)

    def best(self, name: str, country: str | None = None) -> Place | None:
        """The place of that name; of several the one in `country`, or else the largest."""
        found = self.places.get(fold(name), [])
        here = [place for place in found if place.country == country] or found
        return max(here, key=lambda place: place.population, default=None)

    def country(self, name: str) -> str | None:
        return self.countries.get(fold(name).removeprefix("the ").strip(" .,;"))


@cache
def gazetteer() -> Gazetteer:
    """The places of the reference data (`python -m tools.places` makes the files). Read once a process, 10 ms."""
    known = Gazetteer()
    for geonameid, country, population, names in _rows("places.tsv"):
        place = Place(int(geonameid), names.split("|")[0], country, int(population))
        for name in {fold(name) for name in names.split("|")}:
            known.places.setdefault(name, []).append(place)
    for code, names in _rows("countries.tsv"):
        known.countries |= {fold(name): code for name in names.split("|")}
    for name, code in OTHER_COUNTRY_NAMES.items():
        known.countries.setdefault(name, code)
    return known


def _rows(file: str) -> Iterator[list[str]]:
    for line in (DATA / file).read_text("utf-8").splitlines():
        yield line.split("\t")


# As people write them, beside the long names of the reference data.
OTHER_COUNTRY_NAMES: Final = {
    "usa": "US", "united states": "US", "estados unidos": "US", "eeuu": "US", "uk": "GB", "united kingdom": "GB",
    "reino unido": "GB", "espana": "ES", "spain": "ES", "espanha": "ES", "espagne": "ES", "brasil": "BR",
    "mexico": "MX", "dominican republic": "DO", "republica dominicana": "DO", "trinidad and tobago": "TT",
}  # fmt: skip

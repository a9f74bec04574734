"""Makes the names of places that the reader of pages knows, of the reference data of cities (NOTICE: GeoNames, CC BY 4.0).

python -m tools.places CITIES.csv …    the files have the columns of plaza/directory/data/cities_lac.csv
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parent.parent / "plaza" / "formats" / "page" / "data"
LANGUAGES: Final = ("es", "pt", "en", "fr")


def main(files: list[str]) -> int:
    places, countries = [], {}
    for file in files:
        with Path(file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                names = dict.fromkeys([row["name"], *(row[f"name_{language}"] for language in LANGUAGES)])
                places.append(
                    (row["geonameid"], row["country"], row["population"] or "0", "|".join(filter(None, names)))
                )
                called = dict.fromkeys(row[f"country_{language}"] for language in LANGUAGES)
                countries[row["country"]] = "|".join(filter(None, called))
    _write(DATA / "places.tsv", places)
    _write(DATA / "countries.tsv", sorted(countries.items()))
    print(f"{len(places)} places, {len(countries)} countries")
    return 0


def _write(file: Path, rows: Iterable[tuple[str, ...]]) -> None:
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

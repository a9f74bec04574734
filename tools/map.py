"""Draws the land of the map: `python -m tools.map lac_countries.geojson`. A step of the developer's, not of the build.

Reads shapes of countries (GeoJSON) and writes plaza/portal/static/portal/land.svg in the projection of the pages. One
grey that lets the page's colour through serves light, dark and paper alike: the file needs no style.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from plaza.portal.domain.map import HEIGHT, WIDTH, point_of

TO: Final = Path(__file__).resolve().parent.parent / "plaza" / "portal" / "static" / "portal" / "land.svg"
# Half points of the sheet: finer than a phone shows, also where a country fills it.
FINE: Final = 2
FILL: Final = "#8d8573"


def rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def path(geometry: dict[str, Any]) -> str:
    parts = []
    for ring in rings(geometry):
        points = [point_of(north, east) for east, north in ring[:-1]]
        steps = list(dict.fromkeys((round(p.x * FINE), round(p.y * FINE)) for p in points))
        (x, y), text = steps[0], f"M{steps[0][0]} {steps[0][1]}l"
        moves = []
        for to_x, to_y in steps[1:]:
            moves.append(f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
        # An island of one point is still an island.
        parts.append(text + " ".join(moves or ["1 0", "0 1"]) + "z")
    return "".join(parts).replace(" -", "-")


def main(source: Path) -> None:
    countries = json.loads(source.read_text("utf-8"))["features"]
    paths = "\n".join(f'<path d="{path(each["geometry"])}"/>' for each in countries)
    TO.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * FINE} {HEIGHT * FINE}">'
        f'<g fill="{FILL}" fill-opacity=".3" stroke="{FILL}" stroke-opacity=".55" stroke-width="1.5"'
        f' stroke-linejoin="round">\n{paths}\n</g></svg>\n',
        "utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

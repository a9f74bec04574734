"""The map: where a place lies on the sheet on which Latin America and the Caribbean are drawn.

Lambert's azimuthal equal-area projection, so that no country looks larger than it is. `tools/map.py` draws the land by the
same function; the pages only put dots on it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1000
HEIGHT: Final = 1130
# The middle of the sheet.
LATITUDE: Final = math.radians(-12.0)
LONGITUDE: Final = math.radians(-74.0)
# Points of the sheet for one radius of the earth, and where the middle lies.
SCALE: Final = 728.0
ACROSS: Final = 500.0
DOWN: Final = 565.0
# A frame shows no less than this of the sheet, and leaves a margin around what it shows.
LEAST: Final = 150.0
MARGIN: Final = 30.0
EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the sheet that is shown."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"

    def holds(self, point: Point) -> bool:
        return self.x <= point.x <= self.x + self.width and self.y <= point.y <= self.y + self.height


WHOLE: Final = Frame(0, 0, WIDTH, HEIGHT)


def point_of(latitude: float, longitude: float) -> Point:
    """In points of the sheet, from its upper left corner."""
    north, east = math.radians(latitude), math.radians(longitude) - LONGITUDE
    towards = math.sin(LATITUDE) * math.sin(north) + math.cos(LATITUDE) * math.cos(north) * math.cos(east)
    stretch = SCALE * math.sqrt(2 / (1 + towards))
    across = math.cos(north) * math.sin(east)
    up = math.cos(LATITUDE) * math.sin(north) - math.sin(LATITUDE) * math.cos(north) * math.cos(east)
    return Point(round(ACROSS + stretch * across, 1), round(DOWN - stretch * up, 1))


def frame_around(points: Iterable[Point]) -> Frame:
    """What holds all the points, in the sheet's own shape, so that the page does not jump; the whole where there are
    none."""
    shown = list(points)
    if not shown:
        return WHOLE
    left, right = min(p.x for p in shown) - MARGIN, max(p.x for p in shown) + MARGIN
    top, bottom = min(p.y for p in shown) - MARGIN, max(p.y for p in shown) + MARGIN
    width = max(right - left, (bottom - top) * WIDTH / HEIGHT, LEAST)
    if width >= WIDTH:
        return WHOLE
    height = width * HEIGHT / WIDTH
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), HEIGHT - height)
    return Frame(x, y, width, height)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places (latitude, longitude), as the crow flies."""
    (north, east), (other_north, other_east) = (
        (math.radians(place[0]), math.radians(place[1])) for place in (one, other)
    )
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))

"""Where places lie on the map, and which part of it is shown."""

import csv
import re

import pytest

from plaza.directory.domain.gazetteer import DATA
from plaza.portal.domain.map import HEIGHT, LEAST, WHOLE, WIDTH, Point, frame_around, kilometres, point_of
from tools.map import TO, path

QUITO, SAO_PAULO, PORT_OF_SPAIN = (-0.2298, -78.525), (-23.5475, -46.6361), (10.6662, -61.5166)
GALAPAGOS, TIJUANA, USHUAIA = (-0.7393, -90.3518), (32.5027, -117.0037), (-54.8108, -68.3159)


def test_the_middle_of_the_projection_is_the_middle_of_the_sheet():
    assert point_of(-12, -74) == Point(500, 565)


@pytest.mark.parametrize(
    ("place", "point"),
    [
        (QUITO, (442.1, 415.8)),
        (SAO_PAULO, (816.4, 731.3)),
        (PORT_OF_SPAIN, (658.7, 280.9)),
        (GALAPAGOS, (291.9, 426.9)),
        (TIJUANA, (15.0, 13.9)),
        (USHUAIA, (544.0, 1097.3)),
    ],
)
def test_a_city_is_where_it_should_be(place, point):
    assert (point_of(*place).x, point_of(*place).y) == pytest.approx(point, abs=1)


def test_the_north_is_up_and_the_east_is_right():
    assert point_of(*PORT_OF_SPAIN).y < point_of(*QUITO).y < point_of(*SAO_PAULO).y
    assert point_of(*GALAPAGOS).x < point_of(*QUITO).x < point_of(*SAO_PAULO).x


def test_as_much_land_is_as_large_everywhere():
    def area(north, east):
        corners = [point_of(north + a, east + b) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
        pairs = zip(corners, corners[1:] + corners[:1], strict=True)
        return abs(sum(p.x * q.y - q.x * p.y for p, q in pairs)) / 2

    # A degree by a degree shrinks with the cosine of its latitude (0.5° in the middle), and by nothing else.
    assert area(30, -110) / area(-12, -74) == pytest.approx(0.8616 / 0.9799, rel=0.02)


def test_every_city_of_the_gazetteer_is_on_the_sheet():
    with (DATA / "cities_lac.csv").open(encoding="utf-8", newline="") as file:
        outside = [
            row["name"]
            for row in csv.DictReader(file)
            if not WHOLE.holds(point_of(float(row["lat"]), float(row["lon"])))
        ]

    assert outside == []


def test_the_frame_around_one_city_holds_it_and_is_not_a_point():
    quito = point_of(*QUITO)

    frame = frame_around([quito])

    assert frame.holds(quito)
    assert (frame.width, round(frame.height / frame.width, 3)) == (LEAST, round(HEIGHT / WIDTH, 3))


def test_a_frame_never_leaves_the_sheet():
    for place in (TIJUANA, USHUAIA, SAO_PAULO):
        frame = frame_around([point_of(*place)])
        assert frame.holds(point_of(*place))
        assert 0 <= frame.x <= WIDTH - frame.width
        assert 0 <= frame.y <= HEIGHT - frame.height


def test_the_whole_is_shown_for_nothing_and_for_the_ends_of_the_continent():
    assert frame_around([]) == frame_around([point_of(*TIJUANA), point_of(*USHUAIA)]) == WHOLE


def test_from_quito_to_sao_paulo_it_is_as_far_as_an_atlas_says():
    assert kilometres(QUITO, SAO_PAULO) == pytest.approx(4330, abs=40)
    assert kilometres(QUITO, QUITO) == 0


def test_the_land_is_drawn_by_the_same_projection_and_without_style_or_script():
    land = TO.read_text("utf-8")

    assert f'viewBox="0 0 {WIDTH * 2} {HEIGHT * 2}"' in land
    assert not re.search(r"<script|style|href|on\w+=|url\(", land)
    assert len(land) < 25_000


def test_a_ring_is_drawn_in_half_points_and_an_island_of_one_point_stays():
    shape = {"type": "Polygon", "coordinates": [[[-74, -12], [-73, -12], [-73, -11], [-74, -12]]]}
    island = {"type": "Polygon", "coordinates": [[[-74, -12], [-74, -12], [-74, -12]]]}

    assert path(shape).startswith("M1000 1130l25")
    assert path(island) == "M1000 1130l1 0 0 1z"

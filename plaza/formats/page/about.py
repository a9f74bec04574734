"""What a meeting is about, and which bodies stand on its lines: read when all the page is known."""

from collections.abc import Sequence
from typing import Any

from plaza.core.folding import fold
from plaza.formats.page.bodies import Body, bodies_in
from plaza.formats.page.cities import Found
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.lines import Line
from plaza.formats.page.people import People
from plaza.formats.page.topics import topics_of


def tell_about(
    meetings: Sequence[dict[str, Any]],
    lines: Sequence[Line],
    headings: set[int],
    people: People,
    cities: Sequence[Found],
    gazetteer: Gazetteer,
) -> list[Body]:
    """Gives each meeting its `organisations` and `topics`; returns the bodies of the page."""
    own = {fold(city.name) for city in cities}

    def is_place(name: str) -> bool:
        return fold(name) in own or fold(name) in gazetteer.places or gazetteer.country(name) is not None

    bodies = bodies_in(
        lines,
        of_people=people.belong_to,
        headings=headings,
        is_place=is_place,
        people=(person["name"] for person in people.as_list()),
    )
    by_line: dict[int, list[str]] = {}
    for body in bodies:
        for number in body.lines:
            by_line.setdefault(number, []).append(body.name)
    called = {person["id"]: person["name"] for person in people.as_list()}
    at = {line.number: place for place, line in enumerate(lines)}
    for meeting in meetings:
        first, last = meeting["lines"]
        mine = lines[at[first] : at[last] + 1]
        named = dict.fromkeys(name for line in mine for name in by_line.get(line.number, ()))
        meeting["organisations"] = list(named)
        appear = [*meeting["people"], *(each for part in meeting["sessions"] for each in part["people"])]
        meeting["topics"] = topics_of(
            meeting["title"],
            mine,
            of_people=frozenset(each["line"] for each in appear),
            names=[
                *named,
                *meeting["cities"],
                *(called[each["person"]] for each in appear),
                *(place["name"] for place in meeting["places"]),
            ],
        )
    return bodies

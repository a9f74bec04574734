"""The people of a page: each once, under the fullest form of the name, with where and as what."""

from collections.abc import Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.lines import Line
from plaza.formats.page.names import Mention, mentions

# Items this far up and down a list are its neighbours.
NEAR: Final = 6


class People:
    def __init__(self, gazetteer: Gazetteer, cities: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._cities = cities
        self._people: dict[str, dict[str, Any]] = {}
        self._count = 0
        self._posts: dict[int, bool] = {}
        self._by_first: dict[str, list[dict[str, Any]]] = {}
        # What their posts name beside them, with the line: most of it bodies (bodies.py).
        self.belong_to: list[tuple[str, int]] = []

    def on(self, lines: Sequence[Line], meeting: str | None) -> list[dict[str, Any]]:
        """The people that these lines name, as a meeting's `people`; outside meetings those whose post is told."""
        return [
            each
            for at, line in enumerate(lines)
            for each in self._heard(line, meeting, lines[max(0, at - NEAR) : at + 1 + NEAR])
        ]

    def _heard(self, line: Line, meeting: str | None, around: Sequence[Line]) -> list[dict[str, Any]]:
        # An item among others of which one at least says what somebody is.
        listed = line.bullet and any(each.bullet and each is not line and self._names_a_post(each) for each in around)
        found = mentions(line.text, self._gazetteer, listed=listed, item=line.bullet, cities=self._cities)
        return [self._noted(each, line) for each in found if meeting is not None or each.role]

    def _names_a_post(self, line: Line) -> bool:
        """Whether the line begins with a person and what she is."""
        if line.number not in self._posts:
            found = mentions(line.text, self._gazetteer, listed=False, item=True, cities=self._cities)[:1]
            self._posts[line.number] = any(each.role and each.start == 0 for each in found)
        return self._posts[line.number]

    def _noted(self, each: Mention, line: Line) -> dict[str, Any]:
        person = self._person(each.name)
        if line.number not in person["lines"]:
            person["lines"].append(line.number)
        person["country"] = person["country"] or each.country
        if each.organisation:
            self.belong_to.append((each.organisation, line.number))
        return {
            "person": person["id"],
            "line": line.number,
            "role": each.role,
            "organisation": each.organisation,
            "country": each.country,
        }

    def _person(self, name: str) -> dict[str, Any]:
        """The one of that name; a shorter form of a name is the same person (`José Luis Chicoma` and `… Chicoma Lucar`)."""
        key = fold(name)
        if key in self._people:
            return self._people[key]
        words = key.split()
        alike = self._by_first.setdefault(words[0], [])
        for person in alike:
            others = fold(person["name"]).split()
            if set(words) < set(others) or set(others) < set(words):
                if len(words) > len(others):
                    person["name"] = name
                self._people[key] = person
                return person
        person = {"id": f"p{self._count + 1}", "name": name, "lines": [], "country": None}
        self._count += 1
        alike.append(person)
        self._people[key] = person
        return person

    def as_list(self) -> list[dict[str, Any]]:
        return [person for alike in self._by_first.values() for person in alike]

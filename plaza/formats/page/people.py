"""The people of a page: each once, under the fullest form of the name, with where and as what."""

from collections.abc import Sequence
from typing import Any

from plaza.core.folding import fold
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.lines import Line
from plaza.formats.page.names import Mention, mentions


class People:
    def __init__(self, gazetteer: Gazetteer, cities: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._cities = cities
        self._people: dict[str, dict[str, Any]] = {}
        self._bodies: dict[str, dict[str, Any]] = {}

    def heard(self, line: Line, meeting: str | None, group: Sequence[Line] = ()) -> list[dict[str, Any]]:
        """The people that a line names, as the meeting's `people`."""
        found = mentions(line.text, self._gazetteer, listed=_is_listed(line, group, self), cities=self._cities)
        return [self._noted(each, line) for each in found if meeting is not None or each.role]

    def _noted(self, each: Mention, line: Line) -> dict[str, Any]:
        person = self._person(each.name)
        if line.number not in person["lines"]:
            person["lines"].append(line.number)
        person["country"] = person["country"] or each.country
        if each.organisation:
            body = self._bodies.setdefault(fold(each.organisation), {"name": each.organisation, "type": "other", "lines": []})
            body["lines"].append(line.number)
        return {
            "person": person["id"],
            "line": line.number,
            "role": each.role,
            "organisation": each.organisation,
            "country": each.country,
        }

    def _person(self, name: str) -> dict[str, Any]:
        key = fold(name)
        if key in self._people:
            return self._people[key]
        words = key.split()
        for other, person in self._people.items():
            others = other.split()
            if words[0] == others[0] and (set(words) < set(others) or set(others) < set(words)):
                if len(words) > len(others):
                    person["name"] = name
                self._people[key] = person
                return person
        person = {"id": f"p{len({id(p) for p in self._people.values()}) + 1}", "name": name, "lines": [], "country": None}
        self._people[key] = person
        return person

    def as_list(self) -> list[dict[str, Any]]:
        return list({id(person): person for person in self._people.values()}.values())

    def organisations(self) -> list[dict[str, Any]]:
        return list(self._bodies.values())


def _is_listed(line: Line, group: Sequence[Line], people: People) -> bool:
    """An item among others of which one at least says what somebody is."""
    if not line.bullet:
        return False
    others = [each for each in group if each.bullet and each is not line and abs(each.number - line.number) <= 8]
    return any(
        mention.role and mention.start == 0
        for each in others
        for mention in mentions(each.text, people._gazetteer, listed=False, cities=people._cities)[:1]
    )

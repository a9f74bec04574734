"""The row that names the columns: which is what."""

import re
from dataclasses import dataclass
from typing import Final

from plaza.core.plain import plain_line
from plaza.formats.attendance.terms import COLUMNS, FACTS, folded
from plaza.formats.attendance.times import zone_of

_ZONE_IN_NAME: Final = re.compile(
    r"^(.{2,60}?)\s?[(\[]\s?((?:utc|gmt)[^)\]]{0,40}|[A-Za-z]{2,20}/[A-Za-z_/]{2,40})\s?[)\]]$", re.I
)
_SECONDS: Final = re.compile(r"\s?\((?:seconds|segundos|secondes|seg|s)\)$")
_WHOSE: Final = ("name", "short_name", "given_name", "last_name", "email")
_WHAT: Final = ("joined", "left", "duration", "attended", "registered", "happened", "action")
_LONGEST_NAME: Final = 60
# The order in which Teams writes its sections, for a language whose words nobody has told us.
_TEAMS: Final = {
    "people": ("name", "joined", "left", "duration", "email", "account", "role"),
    "activities": ("name", "joined", "left", "duration", "email", "role"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Field → position; the columns nobody knows are answers, under their own words. `names` are folded, `words` not."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    at: dict[str, int]
    answers: dict[int, str]
    details: dict[int, str]
    zones: dict[str, str]
    unit: int = 60

    def cell(self, cells: list[str], field: str) -> str:
        """The cell of a field, without spaces around; empty where the report has no such column, or the row ends before it."""
        at = self.at.get(field)
        return cells[at].strip() if at is not None and at < len(cells) else ""


def columns_of(cells: list[str]) -> Columns | None:
    """None where the row names no table of people."""
    fields = [_field(cell) for cell in cells]
    known = [field for field in fields if field]
    if not any(field in _WHOSE for field in known) or not any(field in _WHAT for field in known):
        return None
    if _is_facts(cells) and "joined" not in known and "left" not in known:
        return None  # a list of meetings, each with its host
    return _columns(cells, _settled(fields))


def columns_by_place(cells: list[str], section: str) -> Columns | None:
    """The columns of a numbered section of Teams in a language that is not known."""
    places = _TEAMS.get(section)
    if places is None or not len(places) - 2 <= len(cells) <= len(places) + 1:
        return None
    if not all(0 < len(cell.strip()) <= _LONGEST_NAME and not any(map(str.isdigit, cell)) for cell in cells):
        return None
    known = [_field(cell) for cell in cells]
    fields: list[str | None] = [place if found is None else found for place, found in zip(places, known, strict=False)]
    return _columns(cells, _settled(fields + known[len(fields) :]))


def is_row_of_facts(cells: list[str]) -> bool:
    """Whether a row names facts of the meeting that the next row tells."""
    return _is_facts(cells) and columns_of(cells) is None


def _is_facts(cells: list[str]) -> bool:
    facts = [FACTS[word] for cell in cells if (word := folded(cell)) in FACTS]
    filled = sum(bool(cell.strip()) for cell in cells)
    return len(facts) >= 2 and 2 * len(facts) >= filled and ("title" in facts or "id" in facts)


def _field(cell: str) -> str | None:
    word = folded(cell)
    if (field := COLUMNS.get(word) or COLUMNS.get(_SECONDS.sub("", word))) is not None:
        return field
    named = _ZONE_IN_NAME.match(" ".join(cell.split()))
    return COLUMNS.get(folded(named[1])) if named else None


def _settled(fields: list[str | None]) -> list[str | None]:
    """`Nombre` is half a name beside `Apellido`, and `Nom` the other half beside `Prénom`."""
    instead = "name"
    if "short_name" in fields and "last_name" in fields and "given_name" not in fields:
        instead = "given_name"
    elif "short_name" in fields and "given_name" in fields and "last_name" not in fields:
        instead = "last_name"
    elif "name" in fields:
        instead = ""
    return [(instead or None) if field == "short_name" else field for field in fields]


def _columns(cells: list[str], fields: list[str | None]) -> Columns:
    at: dict[str, int] = {}
    answers: dict[int, str] = {}
    details: dict[int, str] = {}
    zones: dict[str, str] = {}
    unit = 60
    words = tuple(plain_line(cell) for cell in cells)
    for place, name in enumerate(words):
        field = fields[place] if place < len(fields) else None
        if field == "detail":
            details[place] = name
        elif field is None or field in at:
            answers[place] = name or str(place + 1)
        else:
            at[field] = place
            if (named := _ZONE_IN_NAME.match(name)) and zone_of(named[2]) is not None:
                zones[field] = named[2]
            elif folded(name) == "utceventtimestamp":
                zones[field] = "UTC"
            if field == "duration" and _SECONDS.search(folded(name)):
                unit = 1
    return Columns(tuple(map(folded, cells)), words, at, answers, details, zones, unit)

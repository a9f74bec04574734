"""The rows of a report → facts, sections and rows of people. One pass; each row ends somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from plaza.core.plain import plain_line
from plaza.formats.attendance.columns import Columns, columns_by_place, columns_of, is_row_of_facts
from plaza.formats.attendance.records import PutAside, WhyAside
from plaza.formats.attendance.rows import aside
from plaza.formats.attendance.terms import FACTS, NAMELESS, TITLES, TOTAL, folded, is_none, section_of, yes_or_no
from plaza.formats.attendance.times import duration, moment
from plaza.formats.table.records import Row

_OPENS_A_TABLE: Final = ("host", "panelist", "attendee", "other")


@dataclass(frozen=True, slots=True)
class Line:
    """A row about somebody: its columns, and the section it stands in (empty where there are none)."""

    number: int
    cells: list[str]
    columns: Columns
    section: str


@dataclass(slots=True)
class Layout:
    """`facts` of the meeting as words, by field. `lines` and `put_aside` are together every row with anything in it.
    `columns`: of each table; `titles`, `sections`: those that are known. `is_numbered`: sections have the numbers of Teams."""

    facts: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    put_aside: list[PutAside] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    is_numbered: bool = False

    def names(self) -> Iterator[str]:
        """Of all columns, folded."""
        for columns in self.columns:
            yield from columns.names


def lay_out(rows: list[Row]) -> Layout:
    """One pass, linear in the rows. Refuses nothing: `read` says whether it is a report."""
    walk = _Walk()
    for row in rows:
        walk.take(row)
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found = Layout()
        self.columns: Columns | None = None
        self.section = ""
        self.fact_names: list[str] | None = None  # the row before named facts: this one tells them

    def take(self, row: Row) -> None:
        number, cells = row
        if self.columns is not None and self.fact_names is None and any("@" in cell for cell in cells):
            self._person(number, cells, self.columns)  # nearly every row; the rest would only be slower
            return
        filled = [cell for cell in cells if cell.strip()]
        names, self.fact_names = self.fact_names, None
        if len(filled) == 1 and cells[0].strip() and self._is_alone(row):
            return
        if (columns := columns_of(cells)) and not any(moment(cell) for cell in cells):
            self._open(row, columns)
        elif names is not None:
            self._tell(names, cells)
            self._aside(row, WhyAside.FACT)
        elif is_row_of_facts(cells):
            self.fact_names = [folded(cell) for cell in cells]
            self._aside(row, WhyAside.FACT)
        elif (self.columns is None or self.section == "summary") and self._is_fact(cells):
            self._aside(row, WhyAside.FACT)
        elif self.columns is None:
            self._open_by_place(row)
        else:
            self._person(number, cells, self.columns)

    def _is_alone(self, row: Row) -> bool:
        """A title or the heading of a section: the first cell, and nothing beside it."""
        first = row[1][0].strip()
        opened = section_of(first)
        if opened is not None and (opened[1] or self.columns is None or opened[0] in _OPENS_A_TABLE):
            self.section, self.columns = opened[0], None
            self.found.sections.add(opened[0])
            self.found.is_numbered = self.found.is_numbered or opened[1]
            self._aside(row, WhyAside.SECTION)
            return True
        if folded(first) in TITLES and self.columns is None:
            self.found.titles.add(TITLES[folded(first)])
            self._aside(row, WhyAside.TITLE)
            return True
        return False

    def _open(self, row: Row, columns: Columns) -> None:
        self.columns = columns
        if self.section == "summary":
            self.section = ""  # a table that no heading parts from the facts above it
        self.found.columns.append(columns)
        self._aside(row, WhyAside.COLUMNS)

    def _open_by_place(self, row: Row) -> None:
        columns = columns_by_place(row[1], self.section) if self.found.is_numbered else None
        if columns is not None:
            self._open(row, columns)
        else:
            self._aside(row, WhyAside.FACT if self.section == "summary" else WhyAside.NO_TABLE)

    def _is_fact(self, cells: list[str]) -> bool:
        """A label and its value in one row."""
        values = [cell.strip() for cell in cells[1:] if cell.strip()]
        word = folded(cells[0])
        if word in FACTS and len(values) <= 1:
            self._tell([word], values)
            return True
        if self.section == "summary" and len(values) == 1:
            self._guess(values[0])
            return True
        return False

    def _tell(self, names: list[str], values: list[str]) -> None:
        for name, value in zip(names, values, strict=False):
            fact = FACTS.get(name)
            if fact is not None and fact != "other" and not is_none(value):
                self.found.facts.setdefault(fact, plain_line(value))

    def _guess(self, value: str) -> None:
        """A line of a summary whose label is not known: by what it says, in the order in which Teams says it."""
        facts = self.found.facts
        if moment(value) is not None:
            fact = "started" if "started" not in facts else "ended"
        elif value.isdigit():
            fact = "participants"
        elif duration(value) is not None:
            fact = "duration"
        else:
            fact = "title"
        facts.setdefault(fact, plain_line(value))

    def _person(self, number: int, cells: list[str], columns: Columns) -> None:
        why = _why_nobody(cells, columns)
        if why is None:
            self.found.lines.append(Line(number, cells, columns, self.section))
        else:
            self._aside((number, cells), why)

    def _aside(self, row: Row, why: WhyAside) -> None:
        self.found.put_aside.append(aside(row, why))


def _why_nobody(cells: list[str], columns: Columns) -> WhyAside | None:
    names = [columns.cell(cells, field) for field in ("name", "given_name", "last_name")]
    named = [name for name in names if not is_none(name)]
    address = columns.cell(cells, "email")
    if (
        any(folded(name) in TOTAL for name in named)
        and "@" not in address
        and moment(columns.cell(cells, "joined")) is None
    ):
        return WhyAside.TOTAL
    if (
        any(folded(name) in NAMELESS for name in named)
        and "moderator" in columns.at
        and not columns.cell(cells, "moderator")
    ):
        return WhyAside.NAMELESS
    if not named and "@" not in address and is_none(columns.cell(cells, "account")):
        return WhyAside.NOBODY
    if sum(bool(cell.strip()) for cell in cells) == 1 and len(columns.names) > 2:
        return WhyAside.NAME_ALONE
    return None if _fits(cells, columns) else WhyAside.NO_FIT


def _fits(cells: list[str], columns: Columns) -> bool:
    """Whether the cells stand below their columns: a comma that nobody quoted moves them all, so that some stand beyond
    the last column, or an address below a time."""
    beyond = any(cell.strip() for cell in cells[len(columns.names) :])
    address_in_time = any("@" in columns.cell(cells, time) for time in ("joined", "left", "registered", "happened"))
    return not address_in_time and (not beyond or _is_sound(cells, columns))


def _is_sound(cells: list[str], columns: Columns) -> bool:
    for time in ("joined", "left", "registered", "happened"):
        value = columns.cell(cells, time)
        if not is_none(value) and moment(value) is None:
            return False
    address = columns.cell(cells, "email")
    said = columns.cell(cells, "attended")
    long = columns.cell(cells, "duration")
    return (
        (is_none(address) or "@" in address)
        and (is_none(said) or yes_or_no(said) is not None)
        and (is_none(long) or duration(long) is not None)
    )

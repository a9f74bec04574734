"""A day of a programme as a table: a row an hour at which something begins, a column a room. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """What stands in a table. `room` is the number of its room, None where it has none."""

    @property
    def starts(self) -> dt.datetime: ...

    @property
    def ends(self) -> dt.datetime: ...

    @property
    def room(self) -> int | None: ...


Item = TypeVar("Item", bound=Timed)


@dataclass(slots=True)
class Cell(Generic[Item]):
    """How many rows and columns it takes. Several in one cell begin at the same time in the same room."""

    items: list[Item] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Row(Generic[Item]):
    starts: dt.datetime
    cells: list[Cell[Item]]


@dataclass(slots=True)
class Table(Generic[Item]):
    """`columns` are rooms; None, which comes last, is where no room is told. What is for all takes them all."""

    columns: list[int | None]
    rows: list[Row[Item]]


def table_of(items: Iterable[Item], rooms: Sequence[int]) -> Table[Item]:
    """Of one day; `rooms` in their order. A session reaches down to where it ends, unless another of its room begins
    before that."""
    ordered = sorted(items, key=lambda item: (item.starts, item.ends))
    alone = _alone(ordered)
    used = {item.room for number, item in enumerate(ordered) if number not in alone}
    columns: list[int | None] = [room for room in rooms if room in used]
    if None in used or not columns:
        columns.append(None)
    starts = sorted({item.starts for item in ordered})
    begun: dict[tuple[dt.datetime, int | None], list[Item]] = defaultdict(list)
    for_all: dict[dt.datetime, Item] = {}
    for number, item in enumerate(ordered):
        if number in alone:
            for_all[item.starts] = item
        else:
            begun[item.starts, item.room].append(item)
    busy: dict[int | None, int] = dict.fromkeys(columns, 0)
    rows: list[Row[Item]] = []
    for number, at in enumerate(starts):
        cells: list[Cell[Item]] = []
        if at in for_all:
            cells.append(Cell([for_all[at]], columns=len(columns)))
        for room in () if at in for_all else columns:
            if busy[room] > number:
                continue
            cell = Cell(begun.get((at, room), []))
            if len(cell.items) == 1:
                cell.rows = _reach(cell.items[0], starts, number, begun)
                busy[room] = number + cell.rows
            cells.append(cell)
        rows.append(Row(at, cells))
    return Table(columns, rows)


def _alone(ordered: Sequence[Timed]) -> set[int]:
    """Without a room, and nothing else at the same time: an opening, a lunch."""
    found = set()
    latest: dt.datetime | None = None
    for number, item in enumerate(ordered):
        is_next_later = number + 1 == len(ordered) or ordered[number + 1].starts >= item.ends
        if item.room is None and is_next_later and (latest is None or latest <= item.starts):
            found.add(number)
        latest = max(latest or item.ends, item.ends)
    return found


def _reach(
    item: Timed,
    starts: Sequence[dt.datetime],
    number: int,
    begun: "dict[tuple[dt.datetime, int | None], list[Item]]",
) -> int:
    rows = 1
    while number + rows < len(starts) and starts[number + rows] < item.ends:
        if begun.get((starts[number + rows], item.room)):
            return 1
        rows += 1
    return rows

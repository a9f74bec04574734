"""Where the header of a table stands: below titles that somebody wrote over it, above the rows."""

from collections.abc import Callable, Sequence
from typing import Final

from plaza.formats.table.records import Row

NEAR_THE_TOP: Final = 25
FEWEST_NAMES: Final = 2


def header_of(rows: Sequence[Row], is_name: Callable[[str], bool]) -> int:
    """The index of the row that names the columns: the one with most names that are known; where none are known, the
    first that fills half of the columns that are filled at most."""
    top = rows[:NEAR_THE_TOP]
    names = [sum(map(is_name, filter(None, cells))) for _, cells in top]
    if max(names, default=0) >= min(FEWEST_NAMES, _widest(top)):
        return names.index(max(names))
    half = _widest(top) / 2
    return next((at for at, (_, cells) in enumerate(top) if _filled(cells) >= half), 0)


def is_header_again(cells: Sequence[str], header: Sequence[str], is_name: Callable[[str], bool]) -> bool:
    """Whether a row names the columns once more: the same words, or nothing but names that are known."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < FEWEST_NAMES:
        return False
    same = sum(
        cell.strip().casefold() == name.strip().casefold() for cell, name in zip(cells, header, strict=False) if cell
    )
    return same >= max(FEWEST_NAMES, len(filled) * 0.6) or all(map(is_name, filled))


def _widest(rows: Sequence[Row]) -> int:
    return max((_filled(cells) for _, cells in rows), default=0)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)

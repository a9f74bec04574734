"""How the reader of tables says no, its limits, and what it calls a row."""

from enum import StrEnum
from typing import Any, Final, TypeAlias

from plaza.formats.refusal import Refused, gettext_noop

MOST_BYTES: Final = 10 << 20
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
# What a workbook may unpack to.
MOST_UNPACKED: Final = 200 << 20

# The number that a spreadsheet shows beside it, and its cells.
Row: TypeAlias = tuple[int, list[str]]


class WhyNot(StrEnum):
    """Why a file is no table that can be read: msgids."""

    EMPTY = gettext_noop("The sheet is empty.")
    TOO_LARGE = gettext_noop("The sheet is too large: send at most 10 MB.")
    UNPACKS_TOO_LARGE = gettext_noop("The workbook unpacks to more than 200 MB: it is not read.")
    TOO_MANY_ROWS = gettext_noop("The sheet has more than 50,000 rows: send it in parts.")
    TOO_WIDE = gettext_noop("The sheet has more than 200 columns: leave out those that are not needed.")
    BINARY = gettext_noop("This is not a sheet: save it as CSV or XLSX and send that.")
    OTHER = gettext_noop("This is a file of another kind: send CSV or XLSX.")
    OLD_WORKBOOK = gettext_noop("This workbook is of an old kind or has a password: save it as XLSX without one.")
    WEB_PAGE = gettext_noop("This is a web page, not a sheet: open it in your spreadsheet and save it as XLSX or CSV.")
    DAMAGED = gettext_noop("The workbook cannot be opened: it is damaged.")
    OPEN_QUOTE = gettext_noop(
        "A quotation mark is opened in the sheet and never closed, so its rows cannot be told apart."
    )


class NotATable(Refused):
    """The bytes cannot be read as a table. `why` is a WhyNot."""

    reasons = WhyNot


def sheet(name: str, rows: list[Row], *, formulas: int = 0) -> dict[str, Any]:
    """Rows without anything in them left out, empty columns at the end cut off. Raises NotATable past the limits."""
    filled = [(number, _cut(cells)) for number, cells in rows]
    filled = [(number, cells) for number, cells in filled if cells]
    if len(filled) > MOST_ROWS:
        raise NotATable(WhyNot.TOO_MANY_ROWS)
    if any(len(cells) > MOST_COLUMNS for _, cells in filled):
        raise NotATable(WhyNot.TOO_WIDE)
    return {"name": name, "rows": [list(row) for row in filled], "formulas": formulas}


def _cut(cells: list[str]) -> list[str]:
    last = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
    return cells[:last]

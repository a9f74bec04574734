"""Bytes → the numbered rows of a report, by the reader of tables; its refusals in the words of this one."""

import csv
import re
from dataclasses import dataclass
from typing import Any, Final

from plaza.core.plain import plain_line
from plaza.formats.attendance.records import MOST_BYTES, NotAttendance, PutAside, WhyAside, WhyNot
from plaza.formats.table import NotATable, read
from plaza.formats.table.records import MOST_COLUMNS, Row

_FEWEST_PARTS: Final = 3
_HEAD: Final = 64 * 1024
_DOCUMENTS: Final = (b"[Content_Types].xml", b"word/", b"ppt/", b"application/vnd.oasis", b"application/epub")
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}[{\[]\s{0,99}[\[{\"\]}]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Of a workbook; a file of text is one. `rows` are numbered from 1, as a spreadsheet shows them."""

    name: str
    rows: list[Row]


def refuse_size(data: bytes) -> None:
    """Raises NotAttendance before anything of it is read."""
    if len(data) > MOST_BYTES:
        raise NotAttendance(WhyNot.TOO_LARGE)


def is_json(data: bytes) -> bool:
    """By how it begins: the rest may be broken."""
    return _JSON.match(data[:1000]) is not None


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets that have anything in them, rows as a spreadsheet numbers them. Raises NotAttendance."""
    try:
        table = read(data)
    except NotATable as refusal:
        why = WhyNot[refusal.why.name]
        raise NotAttendance(WhyNot.ARCHIVE if why is WhyNot.OTHER and _is_archive(data) else why) from refusal
    return [Sheet(sheet["name"], [_whole(row) for row in sheet["rows"]]) for sheet in table["sheets"]]


def text_of(cells: list[str]) -> str:
    """A row in one line, as it is shown to somebody."""
    return plain_line(" | ".join(cell for cell in cells if cell.strip()))


def aside(row: Row, why: WhyAside, sheet: str | None = None) -> PutAside:
    """The row as somebody will see it, and why it is nobody's."""
    return PutAside(row[0], text_of(row[1]), why, sheet)


def _is_archive(data: bytes) -> bool:
    """Packed by somebody; what an office program packs is a document."""
    return not data.startswith(b"%PDF-") and not any(mark in data[:_HEAD] for mark in _DOCUMENTS)


def _whole(row: list[Any]) -> Row:
    """A row that a spreadsheet saved as one cell, quotes and all, in its cells again."""
    number, cells = row
    if len(cells) == 1 and cells[0].count(",") >= _FEWEST_PARTS and '"' in cells[0]:
        try:
            (again,) = csv.reader([cells[0]], strict=True)
        except (csv.Error, ValueError):
            return number, cells
        if len(again) <= MOST_COLUMNS:
            return number, again
    return number, cells

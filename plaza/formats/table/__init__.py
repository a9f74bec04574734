"""Reading a table: CSV, TSV or XLSX in, rows of text with their numbers out. What it may mean is for the caller.

read(data)    → {"format", "sheets": [{"name", "rows": [[number, [cell, …]], …], "formulas"}]}.
                Raises NotATable
as_json(read) → the same: it is plain values already
"""

from typing import Any

from plaza.formats.table.records import MOST_BYTES, NotATable, WhyNot
from plaza.formats.table.text import read_text
from plaza.formats.table.workbook import read_workbook

__all__ = ["NotATable", "WhyNot", "as_json", "read"]


def read(data: bytes) -> dict[str, Any]:
    """The sheets that have anything in them, each with its rows as a spreadsheet numbers them."""
    if not data.strip(b"\0 \r\n\t;,"):
        raise NotATable(WhyNot.EMPTY)
    if len(data) > MOST_BYTES:
        raise NotATable(WhyNot.TOO_LARGE)
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise NotATable(WhyNot.OLD_WORKBOOK)
    if data.startswith((b"%PDF-", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")):
        raise NotATable(WhyNot.OTHER)
    return read_text(data)


def as_json(table: dict[str, Any]) -> dict[str, Any]:
    return table

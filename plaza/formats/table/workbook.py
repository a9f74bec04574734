"""Workbooks (XLSX). Formulas are never run: what the workbook says they came to is read, as text."""

import datetime as dt
import io
import re
import zipfile
from typing import Any, Final

from plaza.formats.decode import without_unsaid
from plaza.formats.table.records import MOST_ROWS, MOST_UNPACKED, NotATable, WhyNot, sheet

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml$")
_CELL: Final = re.compile(rb'<c [^>]{0,60}?r="([A-Z]{1,3})(\d{1,7})"')
_FORMULA: Final = re.compile(rb"<f[ >/]")
# A cell far away makes a reader hold all that lies between: no sheet of a network is so large.
MOST_CELLS: Final = 12_000_000
_PIECE: Final = 1 << 20
_OVERLAP: Final = 128


def read_workbook(data: bytes) -> dict[str, Any]:
    formulas = _examined(data)
    from python_calamine import CalamineError, CalamineWorkbook  # slow import, native: only for who sends a workbook

    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found = sheet(name, [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)])
            if found["rows"]:
                sheets.append(found)
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, NotATable):
            raise
        raise NotATable(WhyNot.DAMAGED) from error
    if not sheets:
        raise NotATable(WhyNot.EMPTY)
    sheets[0]["formulas"] = formulas
    return {"format": "xlsx", "sheets": sheets}


def _examined(data: bytes) -> int:
    """How many formulas there are. Unpacks everything once, piece by piece: what a package says of its own size need not
    be true. Raises NotATable."""
    unpacked = formulas = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise NotATable(WhyNot.OTHER)
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise NotATable(WhyNot.UNPACKS_TOO_LARGE)
            for info in packed.infolist():
                is_sheet = _SHEET.match(info.filename)
                rows = columns = 0
                rest = b""
                with packed.open(info) as part:
                    while piece := part.read(_PIECE):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED:
                            raise NotATable(WhyNot.UNPACKS_TOO_LARGE)
                        if not is_sheet:
                            continue
                        formulas += len(_FORMULA.findall(piece))
                        for letters, number in _CELL.findall(rest + piece):
                            rows, columns = max(rows, int(number)), max(columns, _column(letters))
                        rest = piece[-_OVERLAP:]
                        if rows * columns > MOST_CELLS:
                            raise NotATable(WhyNot.TOO_MANY_ROWS if rows > MOST_ROWS else WhyNot.TOO_WIDE)
    except NotATable:
        raise
    except Exception as error:  # a damaged archive raises what zipfile, zlib and the decryption each call it
        raise NotATable(WhyNot.DAMAGED) from error
    return formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return without_unsaid(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)

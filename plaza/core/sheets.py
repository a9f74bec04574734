"""Tables for spreadsheets: what people typed stays text there, whatever it begins with."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# A spreadsheet takes a cell that begins so for a formula; full-width signs too, in some languages.
_LIVE: Final = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
# A cell of a workbook holds no more.
MOST_CELL: Final = 32_767


def guarded(text: str) -> str:
    """With an apostrophe before it where a spreadsheet would run it, as OWASP advises."""
    return f"'{text}" if _LIVE.match(text) else text


def unguarded(text: str) -> str:
    """Takes just that apostrophe away again."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text


def still(cell: object) -> str:
    """A cell that does nothing when it is opened."""
    return guarded("" if cell is None else str(cell).replace("\0", ""))


def as_csv(head: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, by which Excel knows it."""
    written = io.StringIO(newline="")
    sheet = csv.writer(written)
    sheet.writerow([still(cell) for cell in head])
    sheet.writerows([still(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def as_xlsx(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Cells are text and nothing but text. Made in a temporary file, not in memory."""
    import xlsxwriter  # type: ignore[import-untyped]  # slow import: only for who asks for a workbook

    with tempfile.TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(file, options) as book:
            page = book.add_worksheet()
            page.freeze_panes(1, 1)
            bold = book.add_format({"bold": True})
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    page.write_string(number, at, cell[:MOST_CELL], *([bold] if number == 0 else []))
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece

"""Tables for spreadsheets: what people typed stays text there, whatever it begins with."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

# A spreadsheet takes a cell that begins so for a formula; full-width signs too, in some languages.
_LIVE: Final = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


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

"""Tables as text: commas, semicolons (a spreadsheet that speaks Spanish), tabs or bars; in any encoding."""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import Any, Final

from plaza.core.sheets import unguarded
from plaza.formats.decode import decode, looks_binary
from plaza.formats.table.records import MOST_BYTES, MOST_ROWS, NotATable, Row, WhyNot, sheet

_SEPARATORS: Final = ",;\t|"
_SAID: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|table|\?xml|body|div)\b", re.IGNORECASE)
_SAMPLE: Final = 60


def read_text(data: bytes) -> dict[str, Any]:
    text = decode(data)
    if looks_binary(text):
        raise NotATable(WhyNot.BINARY)
    if _MARKUP.match(text[:500]):
        raise NotATable(WhyNot.WEB_PAGE)
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _separator(text)
    csv.field_size_limit(MOST_BYTES)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for number, cells in enumerate(reader, 2 if said else 1):
            if number > 4 * MOST_ROWS:
                raise NotATable(WhyNot.TOO_MANY_ROWS)
            rows.append((number, [unguarded(cell) for cell in cells]))
            before, last = reader.line_num, reader.line_num - before
    except csv.Error as error:
        raise NotATable(WhyNot.OPEN_QUOTE) from error
    # A quotation mark without its other half swallows all that follows.
    if rows and last > 1 and text.count('"') % 2:
        raise NotATable(WhyNot.OPEN_QUOTE)
    found = sheet("", rows)
    if not found["rows"]:
        raise NotATable(WhyNot.EMPTY)
    return {"format": "tsv" if separator == "\t" else "csv", "sheets": [found]}


def _separator(text: str) -> str:
    """The one that parts most of the first rows, most of them into the same number of cells, and into more than others."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int, int]:
    try:
        rows = list(islice(csv.reader(io.StringIO(text[: 1 << 20], newline=""), delimiter=separator), _SAMPLE))
    except csv.Error:
        return (0, 0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, rows_of_it = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (widths.total(), rows_of_it, width)

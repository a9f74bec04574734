"""Records go out as sheets: in the reader's language, `id` first, no cell that a spreadsheet would run."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plaza.core.records import RecordKind
from plaza.core.sheets import guarded
from plaza.records.choices import Effect
from plaza.records.domain.weighing import ID
from plaza.records.models import Sheet

BOM: Final = "\ufeff"
AT_ONCE: Final = 500
# A cell of a workbook holds no more.
MOST_CELL: Final = 32_767


def rows_of(kind: RecordKind, records: "QuerySet[Any]") -> Iterator[list[str]]:
    yield [ID, *(str(column.label) for column in kind.columns)]
    for record in records.iterator(chunk_size=AT_ONCE):
        yield [kind.identify(record), *(column.text(record) for column in kind.columns)]


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """RFC 4180, in UTF-8 with the mark by which spreadsheets know it."""
    yield BOM
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in row])
        yield out.getvalue()


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


def ledger(sheet: Sheet) -> Iterator[list[str]]:
    """What became of each row."""
    yield [_("Row"), _("Effect"), _("Record"), _("Reason")]
    for row in sheet.rows.iterator(chunk_size=AT_ONCE):
        yield [str(row.number), str(Effect(row.effect).label), row.record, row.why]


def put_aside(sheet: Sheet) -> Iterator[list[str]]:
    """The rows that were put aside as they came, with the reason behind: to be mended and sent again."""
    yield [*sheet.columns, _("Reason")]
    width = len(sheet.columns)
    for row in sheet.rows.filter(effect=Effect.ASIDE).iterator(chunk_size=AT_ONCE):
        yield [*row.cells[:width], *([""] * (width - len(row.cells))), row.why]

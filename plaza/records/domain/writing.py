"""Records go out as sheets: in the reader's language, `id` first, no cell that a spreadsheet would run."""

import csv
import io
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

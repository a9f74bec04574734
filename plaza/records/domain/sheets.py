"""A sheet comes in: received, matched, looked through without writing, then taken in row by row. Each step may be
stopped anywhere and taken up again: what a row did and its line in the ledger are written together."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from plaza.accounts.models import User
from plaza.core import history, jobs, locks
from plaza.core.languages import Language
from plaza.core.records import RecordKind, record_kinds
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.table.header import header_of, is_header_again
from plaza.records.choices import Effect, SheetState
from plaza.records.domain.matching import folded, is_name, suggested
from plaza.records.domain.weighing import ID, Weighed, do, sentences, tried, weigh
from plaza.records.models import Sheet, SheetRow

SECONDS: Final = 60.0
MEGABYTES: Final = 1536
# So many at once in one transaction: small, and not a hundred commits a second.
A_STEP: Final = 20
# As many as a page may be waited for.
IN_THE_REQUEST: Final = 100
MOST_HEADER: Final = 120
CELLS_KEPT: Final = dt.timedelta(days=90)

SAYS: Final = {
    "formulas": gettext_noop("%(count)s cells hold formulas: what they came to when the workbook was saved is taken."),
    "others": gettext_noop("Only the first sheet with rows is read. Not read: %(names)s."),
    "titles": gettext_noop("The header is row %(row)s; what stands above it is left out."),
    "twice": gettext_noop("Two columns are called “%(name)s”: choose which one counts."),
    "headers": gettext_noop("Row %(row)s names the columns once more; it is put aside."),
    "again": gettext_noop("The same file was taken in on %(day)s: what it says already will stay the same."),
}


def receive_sheet(*, kind: RecordKind, data: bytes, name: str, language: Language, by: User | None) -> Sheet:
    """Reads a sheet and keeps its rows until they are taken in. Raises Refused (NotATable, NotReadable); then nothing
    is kept."""
    read = read_in_sandbox("table", data, seconds=SECONDS, megabytes=MEGABYTES)
    return _kept(kind, read, hashlib.sha256(data).hexdigest(), name, language, by)


@transaction.atomic
def _kept(kind: RecordKind, read: dict[str, Any], sha256: str, name: str, language: Language, by: User | None) -> Sheet:
    first, *others = read["sheets"]
    rows = [(number, cells) for number, cells in first["rows"]]
    at = header_of(rows, lambda text: is_name(kind, text))
    number, header = rows[at]
    width = max(len(cells) for _, cells in rows[at:])
    columns = [cell.strip()[:MOST_HEADER] for cell in header] + [""] * (width - len(header))
    notes: list[list[Any]] = []
    if first["formulas"]:
        notes.append(["formulas", {"count": first["formulas"]}])
    if others:
        notes.append(["others", {"names": ", ".join(each["name"] for each in others)}])
    if at:
        notes.append(["titles", {"row": number}])
    notes += [["twice", {"name": column}] for column in _twice(columns)]
    before = Sheet.objects.filter(kind=kind.name, sha256=sha256, state=SheetState.DONE).aggregate(Max("at"))["at__max"]
    if before:
        notes.append(["again", {"day": before.date().isoformat()}])
    sheet = Sheet.objects.create(
        kind=kind.name,
        name=name[:200],
        format=read["format"],
        sha256=sha256,
        language=language,
        columns=columns,
        matching=suggested(kind, columns),
        header_row=number,
        by=by,
    )
    kept = []
    for row_number, cells in rows[at + 1 :]:
        row = SheetRow(sheet=sheet, number=row_number, cells=cells)
        if is_header_again(cells, columns, lambda text: is_name(kind, text)):
            row.foreseen = row.effect = Effect.ASIDE
            with override(language):
                row.why = _("This row names the columns once more.")
            notes.append(["headers", {"row": row_number}])
        kept.append(row)
    SheetRow.objects.bulk_create(kept, batch_size=1000)
    sheet.notes = notes[:20]
    sheet.save(update_fields=["notes"])
    history.record(verb="sheet received", by=by, subject=sheet, rows=len(kept))
    return sheet


def notes_of(sheet: Sheet) -> list[str]:
    """In the language being spoken."""
    return [_(SAYS[key]) % values for key, values in sheet.notes]


@transaction.atomic
def match(*, sheet: Sheet, matching: Mapping[str, str], empties: bool, by: User | None) -> Sheet:
    """Which column is which. Looking through begins anew; a sheet that is being taken in stays as it is."""
    row = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if row.state in (SheetState.APPLYING, SheetState.DONE):
        return row
    row.matching, row.empties, row.state = dict(matching), empties, SheetState.LOOKING
    row.save(update_fields=["matching", "empties", "state"])
    row.rows.filter(effect=Effect.WAITING).update(foreseen=Effect.WAITING, differences=[], why="", face="", record="")
    if row.rows.count() > IN_THE_REQUEST:
        jobs.later("plaza.records.tasks.look_through", sheet_id=row.pk, once_as=f"look through {row.pk}")
    return row


def look_through(sheet: Sheet) -> None:
    """The dry run: what each row would do, done and undone, written into the ledger and nowhere else."""
    kind = record_kinds[sheet.kind]
    with override(sheet.language):
        while _looked_at_some(kind, sheet.pk):
            pass


@transaction.atomic
def _looked_at_some(kind: RecordKind, pk: int) -> bool:
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
    if sheet.state != SheetState.LOOKING:
        return False
    rows = list(sheet.rows.filter(foreseen=Effect.WAITING)[:A_STEP])
    for row in rows:
        weighed = tried(kind, _weighed(kind, sheet, row), sheet.by)
        row.foreseen, row.face, row.why = weighed.effect, weighed.face, weighed.why
        row.record = kind.identify(weighed.record) if weighed.record is not None else ""
        row.differences = [[each.column.name, each.before, each.after] for each in weighed.differences]
        row.save(update_fields=["foreseen", "face", "why", "record", "differences"])
    if not rows:
        sheet.state = SheetState.SEEN
        sheet.save(update_fields=["state"])
    return bool(rows)


@transaction.atomic
def take_in(*, sheet: Sheet, by: User | None) -> Sheet:
    """Begins to write: at once where the rows are few, else by a job. Asking again changes nothing."""
    row = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if row.state == SheetState.SEEN:
        row.state = SheetState.APPLYING
        row.save(update_fields=["state"])
        history.record(verb="sheet taken in", by=by, subject=row)
    if row.state == SheetState.APPLYING and row.rows.count() > IN_THE_REQUEST:
        jobs.later("plaza.records.tasks.apply_sheet", sheet_id=row.pk, once_as=f"apply sheet {row.pk}")
    return row


def apply_sheet(sheet: Sheet) -> None:
    """Writes what waits, some rows at a time. Whoever is stopped loses nothing that was written, and goes on behind it."""
    kind = record_kinds[sheet.kind]
    with override(sheet.language):
        while _applied_some(kind, sheet.pk):
            pass


@transaction.atomic
def _applied_some(kind: RecordKind, pk: int) -> bool:
    # The lock on the sheet keeps a second worker out; the one on the kind, two sheets that make the same record.
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
    if sheet.state != SheetState.APPLYING:
        return False
    locks.hold(f"records: {kind.name}")
    rows = list(sheet.rows.filter(effect=Effect.WAITING)[:A_STEP])
    for row in rows:
        weighed = _weighed(kind, sheet, row)
        row.effect, row.face, row.why = weighed.effect, weighed.face, weighed.why
        if weighed.effect != Effect.ASIDE:
            try:
                row.effect, record = do(kind, weighed, sheet.by)
                row.record = kind.identify(record)
                # What became a record stands there: its cells are kept no longer.
                row.cells, row.differences = [], []
                row.face = _face_of(kind, record) if row.effect == Effect.MADE else row.face
            except ValidationError as error:
                row.effect, row.why = Effect.ASIDE, sentences(kind, error)
        row.save(update_fields=["effect", "face", "why", "record", "cells", "differences"])
    if not rows:
        sheet.state = SheetState.DONE
        sheet.save(update_fields=["state"])
    return bool(rows)


def _weighed(kind: RecordKind, sheet: Sheet, row: SheetRow) -> Weighed:
    texts = texts_of(sheet, row.cells)
    weighed = weigh(kind, texts, empties=sheet.empties)
    if weighed.effect == Effect.ASIDE or not weighed.face:
        return weighed
    others = sheet.rows.filter(face=weighed.face, number__lt=row.number)
    earlier = others.exclude(foreseen=Effect.ASIDE).exclude(effect=Effect.ASIDE).first()
    if earlier is None:
        return weighed
    why = _("Row %(row)s speaks of the same record already.") % {"row": earlier.number}
    return Weighed(Effect.ASIDE, weighed.record, face=weighed.face, why=why)


def forget_cells(now: dt.datetime) -> int:
    """What rows said is kept until they are taken in or mended, and no longer than that takes; the ledger stays."""
    old = SheetRow.objects.filter(sheet__at__lt=now - CELLS_KEPT).exclude(cells=[], differences=[])
    return old.update(cells=[], differences=[])


def texts_of(sheet: Sheet, cells: Sequence[str]) -> dict[str, str]:
    """Cells by the columns they were matched with."""
    return {
        column: cells[int(at)] if int(at) < len(cells) else ""
        for at, column in sheet.matching.items()
        if column == ID or record_kinds[sheet.kind].column(column)
    }


def counted(sheet: Sheet, ledger: str) -> dict[Effect, int]:
    """How many rows of each effect: `foreseen`, or `effect` for what was written."""
    found = dict(sheet.rows.order_by().values_list(ledger).annotate(count=Count("pk")))
    return {effect: found.get(effect.value, 0) for effect in Effect}


def _face_of(kind: RecordKind, record: Any) -> str:
    return hashlib.sha256(f"{kind.name}:{record.pk}".encode()).hexdigest()


def _twice(columns: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    for column in columns:
        if name := folded(column):
            seen[name] = seen.get(name, 0) + 1
    return [next(column for column in columns if folded(column) == name) for name, count in seen.items() if count > 1]

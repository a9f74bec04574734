"""One column of many records changed at once: proposed, shown, then done some at a time. Whoever is stopped loses
nothing that was changed, and goes on behind it."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.languages import Language
from plaza.core.records import Column, RecordKind, cleaned, differences, record_kinds
from plaza.records.choices import BulkState, Effect
from plaza.records.domain.weighing import Weighed, do, sentences
from plaza.records.models import BulkEdit

A_STEP: Final = 20
IN_THE_REQUEST: Final = 100


class NothingChosen(Exception):
    """No record was chosen."""


@transaction.atomic
def propose_bulk(
    *, kind: RecordKind, column: Column, text: str, ids: Sequence[int], language: Language, by: User
) -> BulkEdit:
    """Keeps what is to be changed until somebody confirms it. Raises ValidationError where the text means nothing."""
    if not ids:
        raise NothingChosen
    cleaned(column, text)
    return BulkEdit.objects.create(
        kind=kind.name, column=column.name, text=text, ids=list(ids), language=language, by=by
    )


def foreseen(bulk: BulkEdit, ids: Sequence[int], user: Any) -> list[tuple[Any, str, str]]:
    """Record, before, after: of some of its ids; those that say so already have the same twice."""
    kind = record_kinds[bulk.kind]
    column = _column(kind, bulk)
    after = column.field().shown(cleaned(column, bulk.text))
    rows = kind.visible_to(user).in_bulk(list(ids))
    return [(rows[pk], column.text(rows[pk]), after) for pk in ids if pk in rows]


@transaction.atomic
def begin_bulk(*, bulk: BulkEdit, by: User) -> BulkEdit:
    """Confirmed: at once where they are few, else by a job. Confirming again changes nothing."""
    row = BulkEdit.objects.select_for_update().get(pk=bulk.pk)
    if row.state == BulkState.PROPOSED:
        row.state = BulkState.RUNNING
        row.by = by
        row.save(update_fields=["state", "by"])
        history.record(verb="bulk edit", by=by, subject=row, kind=row.kind, column=row.column, count=len(row.ids))
    if row.state == BulkState.RUNNING and len(row.ids) > IN_THE_REQUEST:
        jobs.later("plaza.records.tasks.apply_bulk", bulk_id=row.pk, once_as=f"apply bulk {row.pk}")
    return row


def apply_bulk(bulk: BulkEdit) -> None:

    with override(bulk.language):
        while _applied_some(bulk.pk):
            pass


@transaction.atomic
def _applied_some(pk: int) -> bool:
    bulk = BulkEdit.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
    if bulk.state != BulkState.RUNNING:
        return False
    kind = record_kinds[bulk.kind]
    column = _column(kind, bulk)
    value = cleaned(column, bulk.text)
    ids = bulk.ids[bulk.done : bulk.done + A_STEP]
    rows = kind.visible_to(bulk.by).in_bulk(ids)
    for each in ids:
        record = rows.get(each)
        if record is None:
            bulk.refused.append([each, "", ""])
            continue
        found = differences(kind, {column.name: value}, record)
        if not found:
            continue
        try:
            effect, _ = do(kind, Weighed(Effect.CHANGED, record, {column.name: value}, found), bulk.by)
            bulk.changed += effect == Effect.CHANGED
        except ValidationError as error:
            bulk.refused.append([each, kind.identify(record), sentences(kind, error)])
    bulk.done += len(ids)
    if not ids:
        bulk.state = BulkState.DONE
    bulk.save(update_fields=["done", "changed", "refused", "state"])
    return bool(ids)


def _column(kind: RecordKind, bulk: BulkEdit) -> Column:
    column = kind.column(bulk.column)
    assert column is not None  # chosen among the columns of the kind
    return column

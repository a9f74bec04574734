"""Doors for jobs: fetch by id, call one deed. Each may run twice."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.records.domain import bulk, sheets
from plaza.records.models import BulkEdit, Sheet

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="plaza.records.tasks.apply_bulk", retry=AGAIN)
def apply_bulk(bulk_id: int) -> None:
    bulk.apply_bulk(BulkEdit.objects.get(pk=bulk_id))


@app.task(name="plaza.records.tasks.look_through", retry=AGAIN)
def look_through(sheet_id: int) -> None:
    sheets.look_through(Sheet.objects.get(pk=sheet_id))


@app.task(name="plaza.records.tasks.apply_sheet", retry=AGAIN)
def apply_sheet(sheet_id: int) -> None:
    sheets.apply_sheet(Sheet.objects.get(pk=sheet_id))


@app.periodic(cron="37 4 * * *")
@app.task(name="plaza.records.tasks.forget_cells", queueing_lock="forget cells")
def forget_cells(timestamp: int) -> None:
    sheets.forget_cells(timezone.now())

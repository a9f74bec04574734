"""Doors for jobs: fetch by id, call one deed."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.ingest.domain import decisions, forgetting


@app.task(name="plaza.ingest.tasks.accept_sure", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def accept_sure(page_id: int, user_id: int) -> None:
    decisions.go_on_accepting(page_id, user_id)


@app.periodic(cron="43 3 * * *")
@app.task(name="plaza.ingest.tasks.forget_old_calendars", queueing_lock="forget old calendars")
def forget_old_calendars(timestamp: int) -> None:
    forgetting.forget_old()

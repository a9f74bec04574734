"""Doors for jobs."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.attendance.domain import arriving


@app.task(name="plaza.attendance.tasks.read_sent_report", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def read_sent_report(sent_id: int) -> None:
    arriving.read_sent_report(sent_id)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="plaza.attendance.tasks.read_what_was_seen", queueing_lock="read what was seen", lock="read what was seen"
)
def read_what_was_seen(timestamp: int) -> None:
    arriving.read_what_was_seen()

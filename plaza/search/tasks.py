"""Doors for jobs: fetch by id, call one deed."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.core import jobs
from plaza.search.domain import indexing

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="plaza.search.tasks.index_recording", retry=AGAIN)
def index_recording(recording_id: int) -> None:
    indexing.index_recording(recording_id)


@app.task(name="plaza.search.tasks.index_meeting", retry=AGAIN)
def index_meeting(meeting_id: int) -> None:
    indexing.index_meeting(meeting_id)


@app.task(name="plaza.search.tasks.fill_careful", queue="careful", retry=AGAIN)
def fill_careful() -> None:
    if indexing.fill_careful():
        jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")


# What an encoder's absence left undone is taken up again without anyone asking.
@app.periodic(cron="*/5 * * * *")
@app.task(name="plaza.search.tasks.fill_gaps", queueing_lock="fill gaps")
def fill_gaps(timestamp: int) -> None:
    indexing.fill_quick()
    indexing.quicken()
    jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")

"""Doors for jobs: fetch by id, call one deed."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.core import jobs
from plaza.search.domain import asked, calibration, grouping, indexing

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
    else:
        jobs.later("plaza.search.tasks.calibrate", once_as="calibrate")


# What refusal counts from changes with every recording.
@app.task(name="plaza.search.tasks.calibrate", queueing_lock="calibrate", retry=AGAIN)
def calibrate() -> None:
    calibration.calibrate()


# What an encoder's absence left undone is taken up again without anyone asking.
@app.periodic(cron="*/5 * * * *")
@app.task(name="plaza.search.tasks.fill_gaps", queueing_lock="fill gaps")
def fill_gaps(timestamp: int) -> None:
    indexing.fill_quick()
    indexing.measure_usual()
    indexing.quicken()
    jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")


# Every few minutes, not at each question: whoever asks waits for nothing but her answer.
@app.periodic(cron="*/5 * * * *")
@app.task(name="plaza.search.tasks.group_questions", queueing_lock="group questions", retry=AGAIN)
def group_questions(timestamp: int) -> None:
    while grouping.group_waiting():
        pass


@app.periodic(cron="17 4 * * *")
@app.task(name="plaza.search.tasks.forget_old_questions", queueing_lock="forget old questions")
def forget_old_questions(timestamp: int) -> None:
    asked.forget_old()

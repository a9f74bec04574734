"""Doors for jobs."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plaza.certificates.domain import issuing


@app.task(name="plaza.certificates.tasks.issue", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def issue(meeting_id: int, by_id: int) -> None:
    issuing.issue_all(meeting_id, by_id)

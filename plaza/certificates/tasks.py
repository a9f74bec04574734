"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.certificates.domain import issuing


@app.task(name="plaza.certificates.tasks.issue")
def issue(meeting_id: int, by_id: int) -> None:
    issuing.issue_all(meeting_id, by_id)

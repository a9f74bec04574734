"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.directory.domain import invitations


@app.periodic(cron="59 3 * * *")
@app.task(name="plaza.directory.tasks.forget_old", queueing_lock="forget old invitations")
def forget_old(timestamp: int) -> None:
    invitations.forget_old()

"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.directory.domain import invitations, twins


@app.periodic(cron="59 3 * * *")
@app.task(name="plaza.directory.tasks.forget_old", queueing_lock="forget old invitations")
def forget_old(timestamp: int) -> None:
    invitations.forget_old()


@app.periodic(cron="17 2 * * *")
@app.task(name="plaza.directory.tasks.look_for_twins_nightly", queueing_lock="look for twins tonight")
def look_for_twins_nightly(timestamp: int) -> None:
    twins.look_for_twins()


@app.task(name="plaza.directory.tasks.look_for_twins")
def look_for_twins() -> None:
    """Asked for by a person who does not want to wait for the night."""
    twins.look_for_twins()

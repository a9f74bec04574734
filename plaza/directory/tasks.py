"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.directory.domain import applications, focal_points, handing_over, invitations, terms_ending, twins


@app.periodic(cron="59 3 * * *")
@app.task(name="plaza.directory.tasks.forget_old", queueing_lock="forget old invitations")
def forget_old(timestamp: int) -> None:
    invitations.forget_old()
    applications.forget_old()
    handing_over.forget_old()


@app.periodic(cron="11 6 * * *")
@app.task(name="plaza.directory.tasks.look_at_terms", queueing_lock="look at terms")
def look_at_terms(timestamp: int) -> None:
    focal_points.keep_all_mains()
    terms_ending.remind()


@app.periodic(cron="17 2 * * *")
@app.task(name="plaza.directory.tasks.look_for_twins_nightly", queueing_lock="look for twins tonight")
def look_for_twins_nightly(timestamp: int) -> None:
    twins.look_for_twins()


@app.task(name="plaza.directory.tasks.look_for_twins")
def look_for_twins() -> None:
    """Asked for by a person who does not want to wait for the night."""
    twins.look_for_twins()

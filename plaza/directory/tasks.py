"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.directory.domain import applications, focal_points, handing_over, invitations, terms_ending


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

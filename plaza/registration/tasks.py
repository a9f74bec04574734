"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.registration.domain import deciding, desks, telling, versions


# Offers and places nobody proved end, desks open and close, reminders are due: by the clock.
@app.periodic(cron="* * * * *")
@app.task(name="plaza.registration.tasks.look_after", queueing_lock="look after registrations")
def look_after(timestamp: int) -> None:
    deciding.lapse_what_ended()
    desks.turn_by_the_clock()
    telling.remind_due()
    telling.follow_up_due()


@app.task(name="plaza.registration.tasks.follow_up")
def follow_up(meeting_id: int) -> None:
    telling.follow_up(meeting_id)


@app.task(name="plaza.registration.tasks.tell_of_version")
def tell_of_version(version_id: int) -> None:
    versions.tell_of_version(version_id)

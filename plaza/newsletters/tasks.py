"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.newsletters.domain import copies, forgetting


@app.task(name="plaza.newsletters.tasks.write_on")
def write_on() -> None:
    copies.write_due()


# What a killed worker left undone is taken up again, and each minute bears so many letters more.
@app.periodic(cron="* * * * *")
@app.task(name="plaza.newsletters.tasks.look_after", queueing_lock="look after newsletters")
def look_after(timestamp: int) -> None:
    copies.settle()
    copies.write_due()


@app.periodic(cron="13 4 * * *")
@app.task(name="plaza.newsletters.tasks.forget_old", queueing_lock="forget old subscriptions")
def forget_old(timestamp: int) -> None:
    forgetting.forget_old()

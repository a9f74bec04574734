"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.corrections.domain import forgetting


@app.periodic(cron="7 4 * * *")
@app.task(name="plaza.corrections.tasks.erase_old", queueing_lock="erase old corrections")
def erase_old(timestamp: int) -> None:
    forgetting.erase_old()

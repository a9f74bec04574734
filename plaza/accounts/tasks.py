"""Doors for jobs."""

from procrastinate.contrib.django import app

from plaza.accounts.domain import accounts


@app.periodic(cron="53 3 * * *")
@app.task(name="plaza.accounts.tasks.forget_old", queueing_lock="forget old sessions")
def forget_old(timestamp: int) -> None:
    accounts.forget_old()

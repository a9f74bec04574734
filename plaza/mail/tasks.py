"""Doors for jobs: fetch by id, call one deed."""

from procrastinate.contrib.django import app

from plaza.mail.domain import outbox, sending


@app.task(name="plaza.mail.tasks.send")
def send(letter_id: int) -> None:
    sending.send(letter_id)


# Pauses are kept in the letter, not in the queue: what waits is taken up again whatever became of its job.
@app.periodic(cron="* * * * *")
@app.task(name="plaza.mail.tasks.look_after", queueing_lock="look after letters")
def look_after(timestamp: int) -> None:
    sending.doubt_lost()
    sending.take_up_due()


@app.periodic(cron="29 4 * * *")
@app.task(name="plaza.mail.tasks.forget_old", queueing_lock="forget old letters")
def forget_old(timestamp: int) -> None:
    outbox.forget_old()

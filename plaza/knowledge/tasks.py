"""Doors for jobs: fetch by id, call one deed."""

from typing import Final

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from plaza.core import jobs
from plaza.core.egress import NotFetched
from plaza.knowledge.choices import KeptBecause
from plaza.knowledge.domain import copies, link_rot

TRIES: Final = 4
AGAIN: Final = RetryStrategy(max_attempts=TRIES, exponential_wait=6, retry_exceptions={NotFetched})

# Of one day; with a look about every month that is enough for 9,000 addresses.
A_DAY: Final = 300
A_BATCH: Final = 40


# In small batches, one at a time: a worker has other things to do, and no host is asked by two at once.
@app.periodic(cron="23 3 * * *")
@app.task(name="plaza.knowledge.tasks.check_links", queueing_lock="check links", lock="check links")
def check_links(timestamp: int, left: int = A_DAY) -> None:
    looked = link_rot.check_due(most=min(left, A_BATCH))
    if looked and left > looked:
        jobs.later("plaza.knowledge.tasks.check_links", once_as="check links", timestamp=timestamp, left=left - looked)


@app.task(name="plaza.knowledge.tasks.fetch_copy", retry=AGAIN, pass_context=True)
def fetch_copy(context: JobContext, material_id: int, because: str) -> None:
    attempts = context.job.attempts if context.job else TRIES
    copies.fetch_copy(material_id=material_id, because=KeptBecause(because), is_last_try=attempts + 1 >= TRIES)

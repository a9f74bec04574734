"""Jobs of the queue itself."""

import logging
from typing import Final

from procrastinate.contrib.django import app

from plaza.core import rate
from plaza.core.changes import forget_old_changes

log: Final = logging.getLogger(__name__)

SILENT_SECONDS: Final = 45


# A job of a worker that was killed stays `doing` for ever; its worker's heart has stopped beating.
@app.periodic(cron="* * * * *")
@app.task(name="plaza.core.tasks.take_up_stalled", queueing_lock="take up stalled", pass_context=False)
async def take_up_stalled(timestamp: int) -> None:
    """Gives jobs of dead workers back to the queue. Tasks bear being run twice, so this is safe."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await app.job_manager.retry_job(job)
        log.warning("taken up again after its worker was lost: %s (job %s)", job.task_name, job.id)
    await app.job_manager.prune_stalled_workers(SILENT_SECONDS)


@app.periodic(cron="41 3 * * *")
@app.task(name="plaza.core.tasks.forget_full_buckets", queueing_lock="forget full buckets")
def forget_full_buckets(timestamp: int) -> None:
    rate.forget_full()


@app.periodic(cron="*/20 * * * *")
@app.task(name="plaza.core.tasks.forget_changes", queueing_lock="forget changes")
def forget_changes(timestamp: int) -> None:
    forget_old_changes()

"""Jobs of the queue itself."""

import logging
from typing import Final

from procrastinate.contrib.django import app

from plaza.core import rate
from plaza.core.changes import forget_old_changes

log: Final = logging.getLogger(__name__)

SILENT_SECONDS: Final = 45
# So long one can look back at what was done, and at what was not.
DONE_KEPT_HOURS: Final = 7 * 24
FAILED_KEPT_HOURS: Final = 90 * 24


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


# Some jobs come each minute: what was done would fill the queue's table for ever.
@app.periodic(cron="52 3 * * *")
@app.task(name="plaza.core.tasks.forget_finished_jobs", queueing_lock="forget finished jobs")
async def forget_finished_jobs(timestamp: int) -> None:
    """What waits or is being done stays, however old."""
    await app.job_manager.delete_old_jobs(DONE_KEPT_HOURS)
    await app.job_manager.delete_old_jobs(
        FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="*/20 * * * *")
@app.task(name="plaza.core.tasks.forget_changes", queueing_lock="forget changes")
def forget_changes(timestamp: int) -> None:
    forget_old_changes()

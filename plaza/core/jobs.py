"""Jobs for later. The queue is a table: a job deferred in a transaction exists if the deed does."""

import secrets
from typing import Final

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

# How the sessions of a worker are called in the database: one name a process.
WORKER: Final = "plaza worker"


def worker_name() -> str:
    return f"{WORKER} {secrets.token_hex(4)}"


def later(task: str, *, queue: str = "default", once_as: str | None = None, **ids: int | str) -> None:
    """Defers `task` (its full name) with ids and short words only, never rows or personal data.

    Every task may run twice (the queue is at-least-once), so it must be written to bear that.
    `once_as`: while a job with this name waits, no second one is added.
    """
    deferrer = app.configure_task(task, queue=queue, queueing_lock=once_as, allow_unknown=False)
    try:
        # A savepoint: the refusal of a second job must not end the deed's own transaction.
        with transaction.atomic():
            deferrer.defer(**ids)
    except exceptions.AlreadyEnqueued:
        return

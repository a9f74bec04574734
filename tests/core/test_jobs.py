import datetime as dt

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from plaza.core import jobs
from plaza.core.tasks import forget_finished_jobs


def waiting() -> list[dict[str, int]]:
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("id").values_list("args", flat=True))


@pytest.mark.django_db
def test_a_job_waits_with_its_ids_only():
    jobs.later("plaza.search.tasks.index_recording", recording_id=7)

    assert waiting() == [{"recording_id": 7}]


@pytest.mark.django_db
def test_a_job_of_a_deed_that_failed_does_not_exist():
    with transaction.atomic():
        jobs.later("plaza.search.tasks.index_recording", recording_id=7)
        transaction.set_rollback(True)

    assert waiting() == []


@pytest.mark.django_db
def test_a_job_that_waits_already_is_not_added_again_and_the_deed_goes_on():
    with transaction.atomic():
        for _ in range(3):
            jobs.later("plaza.search.tasks.fill_careful", queue="careful", once_as="fill careful")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    assert waiting() == [{}]


@pytest.mark.django_db
def test_a_job_of_no_known_task_is_a_mistake():
    with pytest.raises(TaskNotFound):
        jobs.later("plaza.search.tasks.no_such", recording_id=1)


@pytest.mark.django_db
def test_what_was_done_is_forgotten_after_a_week_what_failed_after_ninety_days_and_what_waits_never():
    ends = [
        (state, days)
        for state, ages in {"succeeded": (6, 8), "failed": (8, 89, 91), "cancelled": (89, 91), "todo": (91,)}.items()
        for days in ages
    ]
    with connection.cursor() as cursor:
        for state, days in ends:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
                " VALUES ('default', %s, %s, '{}') RETURNING id",
                [f"{state} {days}", state],
            )
            job = cursor.fetchone()[0]
            # With an event for its beginning and one for its end: the last one counts.
            for ago in (days, days + 300):
                cursor.execute(
                    "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', now() - %s)",
                    [job, dt.timedelta(days=ago)],
                )
        cursor.execute("DELETE FROM procrastinate_events WHERE at > now() - interval '1 day'")

    for _ in range(2):
        async_to_sync(forget_finished_jobs.func)(0)

    kept = ProcrastinateJob.objects.order_by("id").values_list("task_name", flat=True)
    assert list(kept) == ["succeeded 6", "failed 8", "failed 89", "cancelled 89", "todo 91"]

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from plaza.core import jobs


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

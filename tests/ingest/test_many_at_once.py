"""Hundreds of meetings are accepted by a job, and the page shows how far it is."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.ingest.domain.decisions import AT_ONCE, go_on_accepting
from plaza.ingest.domain.pages import receive_page
from plaza.ingest.models import ReadPage

MANY = AT_ONCE + 5


@pytest.fixture
def page(network):
    entries = "\n\n".join(
        f"Mercados del barrio número {number}\nTaller, {number % 27 + 1} de marzo de {2000 + number // 27}\nGrabación | Notas"
        for number in range(MANY)
    )
    return receive_page(data=entries.encode(), by=network.secretary)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="plaza.ingest.tasks.accept_sure")


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_job_accepts_many_and_the_page_tells_how_many(network, client, page, language):
    client.force_login(network.secretary)
    there = f"/{language}/workspace/pages/{page.pk}/"

    for _ in range(2):  # whoever presses twice has asked once
        client.post(f"{there}sure/")

    assert [job.args for job in jobs()] == [{"page_id": page.pk, "user_id": network.secretary.pk}]
    assert f'<progress value="0" max="{MANY}"' in client.get(there).text
    go_on_accepting(page.pk, network.secretary.pk)
    assert page.proposals.waiting().count() == 0
    assert "<progress" not in client.get(there).text


def test_a_job_that_runs_again_makes_nothing_twice(network, page):
    go_on_accepting(page.pk, network.secretary.pk)
    meetings = set(page.proposals.values_list("meeting", flat=True))

    go_on_accepting(page.pk, network.secretary.pk)

    assert set(page.proposals.values_list("meeting", flat=True)) == meetings
    assert len(meetings) == MANY


def test_a_job_for_a_page_that_is_gone_ends(network, page):
    pk = page.pk
    page.delete()

    go_on_accepting(pk, network.secretary.pk)

    assert not ReadPage.objects.exists()

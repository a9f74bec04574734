"""One column of many records changed at once."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.core.records import record_kinds
from plaza.directory.models import Person
from plaza.meetings.models import Meeting
from plaza.records.domain import bulk as deeds
from plaza.records.domain.bulk import apply_bulk, begin_bulk, propose_bulk
from plaza.records.models import BulkEdit


def proposed(network, kind, column, text, ids):
    which = record_kinds[kind]
    return propose_bulk(
        kind=which, column=which.column(column), text=text, ids=ids, language="es", by=network.secretary
    )


def people(times):
    rows = [Person(name=f"Persona {n}", slug=f"persona-{n}", name_sort=f"persona {n}") for n in range(times)]
    return [row.pk for row in Person.objects.bulk_create(rows)]


def test_many_are_chosen_shown_and_changed(network, secretary):
    ids = [network.people[name].pk for name in ("Ana Ribera", "João Mar")]
    asked = secretary.post("/es/workspace/records/people/change/", {"pk": ids, "column": "language"})
    assert asked.status_code == 200

    there = secretary.post("/es/workspace/records/people/change/", {"pk": ids, "column": "language", "value": "pt"})[
        "Location"
    ]

    shown = secretary.get(there)
    assert [(row.name, before, after) for row, before, after in shown.context["rows"]] == [
        ("Ana Ribera", "Español", "Português"), ("João Mar", "Português", "Português"),
    ]  # fmt: skip
    assert Person.objects.get(name="Ana Ribera").language == "es"
    secretary.post(there)
    secretary.post(there)
    done = BulkEdit.objects.get()
    assert (done.state, done.done, done.changed, done.same, done.refused) == ("done", 2, 1, 1, [])
    assert Person.objects.get(name="Ana Ribera").language == "pt"
    assert [entry.verb for entry in history.of(network.people["Ana Ribera"])].count("corrected") == 1


def test_all_that_were_found_are_those_with_the_words(network, secretary):
    there = secretary.post(
        "/es/workspace/records/people/change/", {"all": "yes", "q": "ana", "column": "language", "value": "fr"}
    )["Location"]
    secretary.post(there)

    assert list(Person.objects.filter(language="fr").values_list("name", flat=True)) == ["Ana Ribera"]


@pytest.mark.parametrize(
    "sent", [{"column": "language"}, {"pk": ["1"], "column": "name"}, {"pk": ["x", "²"], "column": "language"}, {}]
)
def test_without_a_record_or_a_column_nothing_is_proposed(network, secretary, sent):
    answer = secretary.post("/es/workspace/records/people/change/", {"value": "es"} | sent)

    assert answer.status_code == 302
    assert not BulkEdit.objects.exists()


def test_a_value_that_cannot_be_is_said(network, secretary):
    answer = secretary.post(
        "/es/workspace/records/meetings/change/", {"all": "yes", "column": "status", "value": "lost"}
    )

    assert answer.status_code == 422
    assert not BulkEdit.objects.exists()


def test_what_one_record_refuses_is_told_and_the_others_change(network, secretary):
    works = [recording.work_id for recording in network.recordings.values()]
    bulk = proposed(network, "works", "is_published", "no", works)
    apply_bulk(begin_bulk(bulk=bulk, by=network.secretary))
    again = proposed(network, "works", "is_published", "yes", bulk.ids)
    network.recordings["markets"].transcripts.all().delete()
    apply_bulk(begin_bulk(bulk=again, by=network.secretary))

    again.refresh_from_db()
    assert (again.changed, [row[1] for row in again.refused]) == (2, ["markets"])


def test_who_is_stopped_in_the_middle_goes_on_and_loses_nothing(network, monkeypatch):
    bulk = begin_bulk(bulk=proposed(network, "people", "language", "pt", people(90)), by=network.secretary)
    real, calls = deeds.do, []

    def stopped(*words):
        calls.append(words)
        if len(calls) == 53:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(deeds, "do", stopped)
    with pytest.raises(KeyboardInterrupt):
        apply_bulk(bulk)
    bulk.refresh_from_db()
    assert bulk.done == bulk.changed == Person.objects.filter(language="pt", name__startswith="Persona").count() == 40

    monkeypatch.setattr(deeds, "do", real)
    apply_bulk(bulk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.done, bulk.changed) == ("done", 90, 90)
    assert all(history.of(person).count() == 1 for person in Person.objects.filter(name__startswith="Persona"))


def test_many_records_are_left_to_a_job_that_may_run_twice(network):
    bulk = begin_bulk(bulk=proposed(network, "people", "language", "pt", people(101)), by=network.secretary)

    assert ProcrastinateJob.objects.get(task_name="plaza.records.tasks.apply_bulk").args == {"bulk_id": bulk.pk}


def test_a_record_that_is_gone_meanwhile_is_told(network):
    bulk = proposed(network, "meetings", "status", "archived", [network.meetings["river"].pk, 999_999])

    apply_bulk(begin_bulk(bulk=bulk, by=network.secretary))

    bulk.refresh_from_db()
    assert (bulk.changed, bulk.refused) == (1, [[999_999, "", ""]])
    assert Meeting.objects.get(pk=network.meetings["river"].pk).status == "archived"


def test_a_member_changes_nothing(network, client):
    bulk = proposed(network, "people", "language", "pt", [network.people["Ana Ribera"].pk])
    client.force_login(network.member)

    assert client.post(f"/es/workspace/records/changes/{bulk.pk}/").status_code == 404
    assert (
        client.post(
            "/es/workspace/records/people/change/", {"all": "yes", "column": "language", "value": "pt"}
        ).status_code
        == 404
    )
    assert Person.objects.get(name="Ana Ribera").language == "es"


def test_the_page_that_shows_what_changes_costs_the_same_for_few_and_many(
    network, secretary, django_assert_max_num_queries
):
    counts = []
    ids = people(30)
    for some in (ids[:3], ids):
        bulk = proposed(network, "people", "language", "pt", some)
        secretary.get(f"/es/workspace/records/changes/{bulk.pk}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/records/changes/{bulk.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]

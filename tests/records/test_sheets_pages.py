"""A sheet is brought in by its pages."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.directory.models import Person
from plaza.records.choices import Effect, SheetState
from plaza.records.domain.sheets import match
from plaza.records.models import Sheet, SheetRow
from tests.records.sheets import PEOPLE, became, received, seen, taken_in

pytestmark = pytest.mark.usefixtures("in_spanish")


def test_a_sheet_is_brought_in_by_its_pages(network, secretary):
    file = SimpleUploadedFile("personas.csv", PEOPLE.encode("cp1252"))
    there = secretary.post("/es/workspace/records/people/sheet/", {"file": file})["Location"]
    assert SheetRow.objects.count() == 3

    assert "Nombre" in secretary.get(there).text
    secretary.post(there, {"deed": "match", "c0": "name", "c1": "language"})
    assert "Marta" not in " ".join(Person.objects.values_list("name", flat=True))
    secretary.post(there, {"deed": "take in"})

    assert Person.objects.filter(name="Marta Lejana").count() == 1
    rows = list(
        csv.reader(io.StringIO(b"".join(secretary.get(f"{there}ledger.csv").streaming_content).decode("utf-8-sig")))
    )
    assert [(row[0], row[2]) for row in rows[1:]] == [("2", "ana-ribera"), ("3", "marta-lejana"), ("4", "luis-prado")]


def test_a_long_sheet_is_left_to_a_job(network):
    text = "Nombre\n" + "".join(f"Persona {n}\n" for n in range(101))
    sheet = received(network, text)

    match(sheet=sheet, matching=sheet.matching, empties=False, by=network.secretary)

    assert ProcrastinateJob.objects.filter(task_name="plaza.records.tasks.look_through").count() == 1


def test_rows_put_aside_are_taken_away_mended_and_sent_again(network, secretary):
    sheet = taken_in(network, "Nombre;Idioma\nMarta Lejana;klingon\nJulia;es\n")

    data = b"".join(secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/aside.csv").streaming_content)
    mended = taken_in(network, data.replace(b"klingon", b"pt"))

    assert became(mended) == [(2, Effect.MADE, "marta-lejana")]


@pytest.mark.parametrize("matching", [{}, {"c0": "name", "c1": "name"}, {"c0": "password"}])
def test_a_matching_that_cannot_be_is_said(network, secretary, matching):
    sheet = received(network, PEOPLE)

    answer = secretary.post(f"/es/workspace/records/sheets/{sheet.pk}/", {"deed": "match"} | matching)

    assert answer.status_code == 422
    assert Sheet.objects.get().state == SheetState.RECEIVED


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 900, b"%PDF-1.4", b"a" * (10 * 1024 * 1024 + 1)])
def test_what_is_no_sheet_is_said_and_nothing_is_kept(network, secretary, data):
    answer = secretary.post("/es/workspace/records/people/sheet/", {"file": SimpleUploadedFile("x.csv", data)})

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.text
    assert not Sheet.objects.exists()


def test_markup_in_a_sheet_stays_words(network, secretary):
    sheet = seen(network, "Nombre\n<script>alert(1)</script>\n")

    assert "<script>alert(1)" not in secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/").text


def test_the_page_of_a_sheet_costs_the_same_for_few_rows_and_for_many(
    network, secretary, django_assert_max_num_queries
):
    counts = []
    for rows in (3, 30):
        sheet = seen(network, "Nombre\n" + "".join(f"Persona {n}\n" for n in range(rows)))
        secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]

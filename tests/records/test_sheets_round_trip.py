"""A sheet that goes out comes back the same, and no cell of it is a live formula."""

import csv
import io

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plaza.core.models import Origin
from plaza.core.records import record_kinds
from plaza.core.sheets import as_xlsx
from plaza.core.translations import translate
from plaza.directory.models import Person
from plaza.meetings.models import Meeting
from plaza.records.choices import Effect
from plaza.records.domain import writing
from tests.records.forms import KINDS
from tests.records.sheets import everything, exported, taken_in

pytestmark = pytest.mark.usefixtures("in_spanish")


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_without_a_difference(network, kind):
    for language in ("pt", "fr"):
        translate(
            subject=network.meetings["river"], field="title", language=language, text=f"=rio ({language})",
            origin=Origin.MACHINE, by=None,
        )  # fmt: skip
    before = everything()

    sheet = taken_in(network, exported(kind, network), kind)

    assert {row.effect for row in sheet.rows.all()} <= {Effect.SAME}
    assert everything() == before


def test_a_workbook_comes_back_without_a_difference_in_another_language(network):
    with override("fr"):
        rows = record_kinds["meetings"].visible_to(network.secretary)
        data = b"".join(as_xlsx(writing.rows_of(record_kinds["meetings"], rows)))
    before = everything()

    sheet = taken_in(network, data, "meetings")

    assert [row.effect for row in sheet.rows.all()] == [Effect.SAME] * 3
    assert everything() == before


NAMES = st.text(
    st.sampled_from("=+-@'\" ,;|\t\nÑé") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_no_name_is_changed_by_going_out_and_coming_back(network, name):
    Person.objects.filter(pk=network.people["Ana Ribera"].pk).update(name=name)

    sheet = taken_in(network, exported("people", network))

    assert {row.effect for row in sheet.rows.all()} == {Effect.SAME}
    assert Person.objects.get(pk=network.people["Ana Ribera"].pk).name == name


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://198.51.100.7/")'])
def test_a_formula_that_comes_in_is_words_and_never_goes_out_alive(network, live):
    taken_in(network, "Nombre\n" + '"' + live.replace('"', '""') + '"\n')

    assert Person.objects.get(name=live)
    cells = [cell for row in csv.reader(io.StringIO(exported("people", network).decode())) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert f"'{live}" in cells


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_costs_the_same_for_few_records_and_for_many(network, secretary, form, django_assert_max_num_queries):
    counts = []
    for times in (3, 27):
        for n in range(times):
            Meeting.objects.create(title="M", slug=f"m-{times}-{n}", language="es").places.add(
                network.cities["Riberas"]
            )
        secretary.get("/es/workspace/records/")
        with django_assert_max_num_queries(12) as asked:
            b"".join(secretary.get(f"/es/workspace/records/meetings/export.{form}").streaming_content)
        counts.append(len(asked))

    assert counts[0] == counts[1]

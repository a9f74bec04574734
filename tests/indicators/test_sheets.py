"""A sheet of figures: looked through, taken in, written out again; a bad cell is said and puts its row aside."""

import pytest
from django.utils.translation import override

from plaza.core.records import record_kinds
from plaza.indicators.domain.catalogue import load_indicators
from plaza.indicators.models import Indicator, IndicatorValue
from plaza.records.choices import Effect
from plaza.records.domain.sheets import look_through, match
from tests.records.sheets import exported, foreseen, received, taken_in

SHEET = """Ciudad;Indicador;Año;Valor;Fuente;Enlace;Licencia
Riberas, Ecuador;ODS 11.7.1;2023;38,4 %;Instituto de Prueba;https://data.example.org/a;CC BY 4.0
Porto Mar;sdg-11.6.2;2022;17.25;Instituto de Prueba;https://data.example.org/b;
Hillside;climate-zone;2020;Af;Instituto de Prueba;https://data.example.org/c;
"""
HEADER = "Ciudad;Indicador;Año;Valor;Fuente;Enlace\n"


@pytest.fixture(autouse=True)
def _indicators(network):
    load_indicators()
    with override("es"):
        yield


def test_a_sheet_of_figures_is_taken_in(network):
    sheet = taken_in(network, SHEET, "indicator-values")

    assert [row.effect for row in sheet.rows.all()] == [Effect.MADE] * 3
    assert sorted(
        (v.city.slug, v.indicator.code, v.year, v.written, v.licence) for v in IndicatorValue.objects.all()
    ) == [
        ("hillside", "climate-zone", 2020, "Af", ""),
        ("porto-mar", "sdg-11.6.2", 2022, "17.25", ""),
        ("riberas", "sdg-11.7.1", 2023, "38.4", "CC BY 4.0"),
    ]


def test_the_same_sheet_again_and_the_sheet_that_was_written_change_nothing(network):
    taken_in(network, SHEET, "indicator-values")

    again = taken_in(network, SHEET, "indicator-values")
    back = taken_in(network, exported("indicator-values", network), "indicator-values")

    assert {row.effect for row in [*again.rows.all(), *back.rows.all()]} == {Effect.SAME}
    assert IndicatorValue.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Riberas;11.7.1;2023;138;Instituto;https://a.example.org", "percent lies between 0 and 100"),
        ("Riberas;11.7.1;2023;10;Instituto;javascript:alert(1)", "begins with https:// or http://"),
        ("Riberas;11.7.1;2023;10;Instituto;", "needs the link"),
        ("Riberas;11.7.1;2199;10;Instituto;https://a.example.org", "has not begun"),
        ("Riberas;11.7.1;2023;mucho;Instituto;https://a.example.org", "is no number"),
        ("Riberas;11.7.1;2023;10;;https://a.example.org", "this is missing: Source"),
        ("Nowhere;11.7.1;2023;10;Instituto;https://a.example.org", "is not known here"),
        ("Riberas;99.9.9;2023;10;Instituto;https://a.example.org", "is not known here"),
        ("Riberas;climate-zone;2023;10;Instituto;https://a.example.org", "is not one of"),
        ("Riberas;population;2023;1.234;Instituto;https://a.example.org", "can be read in two ways"),
        ("Riberas;11.7.1;2023;10;Instituto;https://a.example.org/" + "x" * 600, "500"),
    ],
)
def test_a_row_that_cannot_be_is_put_aside_with_the_reason(network, row, why):
    sheet = received(network, HEADER + row + "\n", "indicator-values", language="en")
    match(sheet=sheet, matching=sheet.matching, empties=False, by=network.secretary)
    look_through(sheet)

    assert foreseen(sheet) == [(2, Effect.ASIDE)]
    assert why in sheet.rows.get().why
    assert not IndicatorValue.objects.exists()


def test_a_corrected_figure_is_a_change_and_is_told(network):
    taken_in(network, SHEET, "indicator-values")

    sheet = taken_in(network, SHEET.replace("17.25", "18"), "indicator-values")

    assert [row.effect for row in sheet.rows.all()] == [Effect.SAME, Effect.CHANGED, Effect.SAME]
    assert IndicatorValue.objects.get(indicator__code="sdg-11.6.2").written == "18"


def test_what_a_sheet_brought_is_withdrawn_by_a_sheet(network):
    taken_in(network, SHEET, "indicator-values")
    rows = IndicatorValue.objects.order_by("pk")

    taken_in(network, "id;Retirado\n" + "".join(f"{row.pk};sí\n" for row in rows), "indicator-values")

    assert list(IndicatorValue.objects.visible_to(None)) == []


def test_indicators_are_kept_by_sheet_too(network):
    sheet = taken_in(
        network, "Código del indicador;Nombre es;Unidad\ntrees;Árboles;people\nBad Code;X;ratio\n", "indicators"
    )

    assert [row.effect for row in sheet.rows.all()] == [Effect.MADE, Effect.ASIDE]
    assert Indicator.objects.get(code="trees").name_in("fr") == "Árboles"


def test_a_goal_is_written_as_each_language_calls_it_and_kept_once(network):
    taken_in(network, "Código del indicador;Nombre es;Unidad;Marco\ntrees;Árboles;people;ods 15.2.1\n", "indicators")

    trees = Indicator.objects.get(code="trees")
    kind = record_kinds["indicators"]
    shown = {}
    for language in ("es", "pt", "en", "fr"):
        with override(language):
            shown[language] = kind.column("framework").text(trees)
    assert (trees.framework, shown) == (
        "SDG 15.2.1",
        {"es": "ODS 15.2.1", "pt": "ODS 15.2.1", "en": "SDG 15.2.1", "fr": "ODD 15.2.1"},
    )
    assert list(kind.containing(Indicator.objects.all(), "ODS 15")) == [trees]


def test_members_see_none_of_these_records(network):
    for name in ("indicators", "indicator-values"):
        assert list(record_kinds[name].visible_to(network.member)) == []

"""Values of indicators: how numbers are read, what cannot be, what stands on the page."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from plaza.core import history
from plaza.directory.models import City
from plaza.indicators.choices import Unit
from plaza.indicators.domain.catalogue import correct_indicator, define, indicator_called, load_indicators
from plaza.indicators.domain.figures import figure
from plaza.indicators.domain.measuring import correct_value, measure
from plaza.indicators.domain.reading import standings_of
from plaza.indicators.models import Indicator, IndicatorValue

LINK = "https://data.example.org/riberas"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def space(network):
    load_indicators()
    return Indicator.objects.get(code="sdg-11.7.1")


def measured(network, indicator, year, value, **others):
    known = {"city": network.cities["Riberas"], "source": "Instituto de Prueba", "link": LINK, "by": None}
    return measure(indicator=indicator, year=year, value=value, **(known | others))


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12.5", Unit.PERCENT, "12.5"),
        ("12,5 %", Unit.PERCENT, "12.5"),
        ("1.234", Unit.PERCENT, "1.234"),
        ("0,125", Unit.RATIO, "0.125"),
        ("1.234.567", Unit.PEOPLE, "1234567"),
        ("1,234,567.5", Unit.PEOPLE, "1234567.5"),
        ("1.234.567,5", Unit.PEOPLE, "1234567.5"),
        ("1 234 567", Unit.PEOPLE, "1234567"),
        ("1 234,5", Unit.DOLLARS, "1234.5"),
        ("-3", Unit.RATIO, "-3"),
        ("100", Unit.PERCENT, "100"),
    ],
)
def test_a_number_is_read_with_a_comma_or_a_point(text, unit, number):
    assert figure(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("101", Unit.PERCENT, "a percent lies between 0 and 100"),
        ("-1", Unit.PERCENT, "a percent lies between 0 and 100"),
        ("1.234", Unit.PEOPLE, "can be read in two ways. Write 1234 or 1.2340"),
        ("12..5", Unit.RATIO, "is no number"),
        ("1e9", Unit.RATIO, "is no number"),
        ("NaN", Unit.RATIO, "is no number"),
        ("١٢", Unit.RATIO, "is no number"),
        ("=1+1", Unit.RATIO, "is no number"),
        ("9" * 39, Unit.DOLLARS, "too large"),
        ("9" * 1000, Unit.DOLLARS, "is no number"),
        ("-5", Unit.PEOPLE, "no numbers below zero"),
        ("5000", Unit.MICROGRAMS, "far too large"),
    ],
)
def test_what_cannot_be_a_number_of_the_unit_is_said(text, unit, why):
    with pytest.raises(ValidationError, match=why):
        figure(text, unit)


def test_a_value_is_kept_with_its_source_and_told_by_the_history(network, space):
    value = measured(network, space, 2024, "38,25", licence="CC BY 4.0")

    assert (value.number, value.written, value.source, value.link) == (
        Decimal("38.25"), "38.25", "Instituto de Prueba", LINK,
    )  # fmt: skip
    assert [entry.verb for entry in history.of(value)] == ["measured"]


def test_three_decimals_are_written_so_that_they_are_read_the_same(network, space):
    value = measured(network, space, 2024, "1.234")

    assert value.written == "1.2340"
    assert figure(value.written, Unit.PEOPLE) == Decimal("1.234")


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"link": ""}, "needs the link"),
        ({"link": "javascript:alert(1)"}, "must be an address"),
        ({"link": "ftp://example.org/x"}, "must be an address"),
        ({"link": "https://exa mple.org"}, "must be an address"),
        ({"year": 2027}, "has not begun"),
        ({"year": 12}, "is no year"),
        ({"value": "abc"}, "is no number"),
    ],
)
@time_machine.travel(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC))
def test_a_value_that_cannot_be_is_refused_and_nothing_is_kept(network, space, others, why):
    known = {"year": 2024, "value": "1"}

    with pytest.raises(ValidationError, match=why):
        measured(network, space, **(known | others))
    assert not IndicatorValue.objects.exists()


def test_a_city_of_the_demonstration_needs_no_link(network, space):
    City.objects.filter(slug="riberas").update(is_fictional=True)
    city = City.objects.get(slug="riberas")

    assert measured(network, space, 2024, "1", city=city, link="").link == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": None},
        {"category": "Cfb"},
        {"year": 3000},
        {"link": "javascript:alert(1)"},
        {"source": ""},
    ],
)
def test_the_database_keeps_the_promises_too(network, space, wrong):
    row = measured(network, space, 2024, "1")

    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.filter(pk=row.pk).update(**wrong)


def test_the_same_source_says_one_thing_of_a_year(network, space):
    measured(network, space, 2024, "1")

    with pytest.raises(IntegrityError), transaction.atomic():
        measured(network, space, 2024, "2")
    assert measured(network, space, 2024, "2", source="Otra fuente").number == 2


def test_a_climate_is_one_of_its_classes(network, space):
    climate = Indicator.objects.get(code="climate-zone")

    assert measured(network, climate, 2020, "cfb").category == "Cfb"
    with pytest.raises(ValidationError, match="is not one of: Af"):
        measured(network, climate, 2021, "mild")


def test_what_is_withdrawn_is_seen_by_nobody_else(network, space):
    value = measured(network, space, 2024, "1")

    assert correct_value(standing=value, by=network.secretary, is_withdrawn=True) == ["is_withdrawn"]

    assert standings_of(network.cities["Riberas"], None) == []
    assert list(IndicatorValue.objects.visible_to(network.member)) == []
    assert list(IndicatorValue.objects.visible_to(network.secretary)) == [value]
    assert [entry.verb for entry in history.of(value)] == ["measured", "withdrawn"]


def test_the_latest_year_stands_first_and_three_years_of_one_source_make_a_line(network, space):
    for year, number in ((2020, "10"), (2024, "30"), (2022, "20")):
        measured(network, space, year, number)
    measured(network, space, 2021, "99", source="Otra fuente")

    (standing,) = standings_of(network.cities["Riberas"], None)

    assert (standing.latest.year, [row.year for row in standing.earlier]) == (2024, [2022, 2021, 2020])
    assert standing.line == [(5, 55), (120, 30), (235, 5)]


def test_two_years_make_no_line(network, space):
    measured(network, space, 2020, "10")
    measured(network, space, 2021, "10")

    assert standings_of(network.cities["Riberas"], None)[0].line == []


def test_loading_again_leaves_what_a_person_corrected(network, space):
    correct_indicator(indicator=space, by=network.secretary, names={"es": "Plazas y parques"})
    Indicator.objects.filter(code="sdg-11.2.1").update(decimals=0)

    assert load_indicators() == Indicator.objects.count() == 14

    assert Indicator.objects.get(code="sdg-11.7.1").name_in("es") == "Plazas y parques"
    assert Indicator.objects.get(code="sdg-11.2.1").decimals == 1


def test_every_indicator_is_named_and_described_in_four_languages(space):
    for row in Indicator.objects.all():
        assert all(row.names[language] and row.descriptions[language] for language in ("es", "pt", "en", "fr"))


@pytest.mark.parametrize(
    "text", ["sdg-11.7.1", "11.7.1", "SDG 11.7.1", "ODS 11.7.1", "ODD 11.7.1", "espacio PÚBLICO en la ciudad"]
)
def test_an_indicator_is_known_by_what_people_call_it(space, text):
    assert indicator_called(text) == space


def test_the_unit_of_an_indicator_with_values_stays(network, space):
    measured(network, space, 2024, "1")

    with pytest.raises(ValidationError, match="The unit stays"):
        correct_indicator(indicator=space, by=None, unit=Unit.RATIO)


def test_a_host_adds_an_indicator(network):
    mine = define(code="trees", names={"es": "Árboles", "pt": ""}, unit=Unit.PEOPLE, by=network.secretary, decimals=0)

    assert (mine.names, mine.name_in("pt")) == ({"es": "Árboles"}, "Árboles")

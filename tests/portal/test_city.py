"""A city's page: facts with their sources, figures, people, meetings, works, neighbours, and who sees what of it."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from django.utils.translation import override

from plaza.core.dates import ImpreciseDate
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import correct_membership, move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.places import correct_city
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City
from plaza.indicators.domain.catalogue import load_indicators
from plaza.indicators.domain.measuring import correct_value, measure
from plaza.indicators.models import Indicator
from plaza.knowledge.choices import Visibility
from plaza.meetings.models import Meeting
from plaza.portal.domain.neighbours import neighbours_of
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic
from tests.network import RIVER, add_recording

LINK = "https://data.example.org/riberas"


@pytest.fixture
def riberas(network):
    load_indicators()
    city = network.cities["Riberas"]
    City.objects.filter(pk=city.pk).update(
        latitude=-0.2, longitude=-78.5, elevation_m=2800, identifiers={"geonames": "1", "wikidata": "Q1"}
    )
    return City.objects.get(pk=city.pk)


def page(client, language="en"):
    return client.get(f"/{language}/cities/riberas/").text


def figure(city, code, year, value, **others):
    known = {"source": "Instituto de Prueba", "link": LINK, "by": None}
    return measure(city=city, indicator=Indicator.objects.get(code=code), year=year, value=value, **(known | others))


def plain(text):
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_facts_stand_with_their_source_and_year(riberas, client):
    words = plain(page(client))

    assert "Population 300,000 ( GeoNames , 2026)" in words
    assert "Altitude 2,800 m ( GeoNames , 2023)" in words


def test_what_a_person_corrected_is_not_said_to_be_the_gazetteers(riberas, client):
    correct_city(city=riberas, population=310_000, by=None)

    assert "Population 310,000 Altitude" in plain(page(client))


def test_figures_stand_with_year_source_and_link_the_latest_first(riberas, client):
    for year, value in ((2020, "10"), (2022, "12,5"), (2024, "15")):
        figure(riberas, "sdg-11.7.1", year, value)
    figure(riberas, "climate-zone", 2020, "Cfb")

    shown = page(client)

    assert f'<a href="{LINK}" rel="nofollow noopener">Instituto de Prueba</a>' in shown
    assert "15.0&nbsp;% 2024 Instituto de Prueba" in plain(shown)
    assert "2022: 12.5 % Instituto de Prueba 2020: 10.0 % Instituto de Prueba" in plain(shown)
    assert '<polyline points="5,55 120,30 235,5"/>' in shown
    assert "Climate zone Cfb (temperate) (Köppen-Geiger, Instituto de Prueba , 2020)" in plain(shown)


def test_a_line_has_points_and_numbers_have_commas_in_spanish(riberas, client):
    for year, value in ((2020, "10"), (2022, "12,5"), (2024, "15")):
        figure(riberas, "sdg-11.7.1", year, value)

    shown = page(client, "es")

    assert '<polyline points="5,55 120,30 235,5"/>' in shown
    assert "2022: 12,5 %" in plain(shown)
    assert ["ODS 11.7.1" in plain(shown), "SDG" in plain(shown)] == [True, False]
    assert '<circle cx="235" cy="5" r="4"/>' in shown


def test_a_withdrawn_figure_is_gone_for_everybody(riberas, network, client):
    correct_value(standing=figure(riberas, "sdg-11.7.1", 2020, "10"), is_withdrawn=True, by=network.secretary)
    client.force_login(network.secretary)

    assert "Public space in the city" not in page(client)


def test_words_of_a_sheet_are_never_markup(riberas, client):
    figure(riberas, "sdg-11.7.1", 2020, "10", source="<img src=x onerror=alert(1)>", note="<b>x</b>")
    City.objects.filter(pk=riberas.pk).update(names={"es": "</script><script>alert(2)</script>"})

    shown = page(client)

    assert "<img src=x" not in shown
    assert "<b>x</b>" not in shown
    assert "<script>alert(2)" not in shown


def test_people_of_today_stand_before_those_of_yesterday_with_their_years(riberas, network, client):
    before = enrol(name="Berta Antes", language="es", by=None)
    appoint(
        person=before,
        label="Alcaldesa",
        language="es",
        city=riberas,
        start=dt.date(2015, 5, 1),
        end=dt.date(2019, 5, 1),
        by=None,
    )
    now = enrol(name="Zoe Ahora", language="es", by=None)
    appoint(person=now, label="Jefa de obras", language="es", city=riberas, start=dt.date(2024, 1, 1), by=None)

    words = plain(page(client))

    assert "Zoe Ahora Jefa de obras , since 2024" in words
    assert "Berta Antes Alcaldesa , 2015–2019" in words
    assert words.index("Zoe Ahora") < words.index("Berta Antes")
    assert words.index("Ana Ribera") < words.index("Berta Antes")


def test_meetings_and_works_of_it_are_those_one_may_see(riberas, network, client):
    for slug in ("river", "buses", "markets"):
        network.meetings[slug].about.add(riberas)

    visitor = page(client)
    client.force_login(network.member)
    member = page(client)

    assert [name in visitor for name in ("El río y las sirenas", "Ônibus que carregam", "Markets after")] == [
        True, False, False,
    ]  # fmt: skip
    assert [name in member for name in ("El río y las sirenas", "Ônibus que carregam", "Markets after")] == [
        True, True, False,
    ]  # fmt: skip
    # Of Ana, of Luis, and among the works.
    assert visitor.count('/en/recordings/river/"') == 3


def test_its_names_are_said_where_they_differ(riberas, client):
    City.objects.filter(pk=riberas.pk).update(names={"es": "Riberas", "pt": "Ribeiras", "en": "Riberas", "fr": "Rives"})

    assert "It is called Riberas (Español, English) , Ribeiras (Português) , Rives (Français)" in plain(page(client))


def test_the_focal_point_is_who_to_write_to(riberas, network, client):
    correct_membership(city=riberas, focal_point=network.people["Luis Prado"], by=None)

    assert "Write to Luis Prado focal point" in plain(page(client))


@pytest.mark.parametrize(("who", "links"), [(None, 0), ("member", 0), ("editor", 1), ("secretary", 4)])
def test_the_links_for_changing_it_are_for_those_who_may(riberas, network, client, who, links):
    if who == "editor":
        entrust(user=network.member, city=riberas, by=None)
    if who:
        client.force_login(network.member if who == "editor" else network.users[who])

    ways = ("/cities/riberas/desk/", "/records/cities/", "/records/indicator-values/", "/workspace/history/")
    assert sum(way in page(client) for way in ways) == links


def test_an_editor_of_another_city_sees_no_desk(riberas, network, client):
    entrust(user=network.member, city=network.cities["Hillside"], by=None)
    client.force_login(network.member)

    assert "/cities/riberas/desk/" not in page(client)


def test_machines_read_the_facts_of_a_real_city_and_none_of_an_invented_one(riberas, client):
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client))[1])

    assert data == {
        "@context": "https://schema.org", "@type": "City", "name": "Riberas",
        "containedInPlace": {"@type": "Country", "name": "Ecuador", "identifier": "EC"},
        "geo": {"@type": "GeoCoordinates", "latitude": -0.2, "longitude": -78.5, "elevation": 2800},
        "sameAs": ["https://www.geonames.org/1/", "https://www.wikidata.org/wiki/Q1"],
    }  # fmt: skip
    City.objects.filter(pk=riberas.pk).update(is_fictional=True)
    assert "ld+json" not in page(client)


class TestNeighbours:
    """Cities like it, and why."""

    @pytest.fixture
    def others(self, network, riberas):
        City.objects.filter(slug="porto-mar").update(
            latitude=-0.9, longitude=-78.6, elevation_m=2700, population=250_000
        )
        City.objects.filter(slug="hillside").update(latitude=10, longitude=-60, elevation_m=5, population=90_000)
        return riberas

    def test_each_says_why(self, others):
        with override("en"):
            found = [(n.city.slug, n.reasons) for n in neighbours_of(others, None)]

        assert found == [
            ("porto-mar", ["of a similar size: 250,000 inhabitants", "high up as well: 2,700 m", "79 km away"])
        ]

    def test_a_topic_counts_where_both_meetings_may_be_seen(self, others, network):
        load_topics()
        for code in ("climate/adaptation", "climate/early-warning", "mobility/public-transport"):
            for slug in ("river", "buses"):
                network.meetings[slug].topics.add(*Topic.objects.filter(code=code))
        network.meetings["river"].about.add(network.cities["Hillside"])
        network.meetings["buses"].about.add(network.cities["Porto Mar"])
        told = network.meetings["river"].topics.count()

        seen = {n.city.slug: n.score for n in neighbours_of(others, None)}
        by_member = {n.city.slug: n.score for n in neighbours_of(others, network.member)}

        assert told >= 2
        assert seen == {"porto-mar": 4, "hillside": min(told, 3)}
        assert by_member == {"porto-mar": 4 + min(told, 3), "hillside": min(told, 3)}

    def test_members_come_first(self, others, network):
        City.objects.filter(slug="hillside").update(population=290_000)
        move(city=network.cities["Porto Mar"], to=MembershipStatus.LEFT, on=dt.date(2026, 1, 1), by=None)

        assert [(n.city.slug, n.is_member) for n in neighbours_of(others, None)] == [
            ("hillside", True), ("porto-mar", False),
        ]  # fmt: skip

    def test_an_invented_city_is_like_no_real_one(self, others):
        City.objects.filter(slug="porto-mar").update(is_fictional=True)

        assert neighbours_of(others, None) == []

    def test_the_same_climate_counts(self, others, network):
        figure(others, "climate-zone", 2020, "Cfb")
        figure(network.cities["Porto Mar"], "climate-zone", 2020, "Cfb")

        assert neighbours_of(others, None)[0].score == 5

    def test_a_city_of_two_millions_is_not_of_the_size_of_one_of_twelve(self, others):
        City.objects.filter(slug="riberas").update(population=2_000_000)
        City.objects.filter(slug="porto-mar").update(population=12_000_000, elevation_m=None)

        assert neighbours_of(City.objects.get(slug="riberas"), None) == []


def test_a_citys_page_costs_the_same_for_little_and_for_much(riberas, network, django_assert_max_num_queries):
    entrust(user=network.member, city=riberas, by=None)
    people = {"visitor": Client(), "editor": Client(), "secretary": Client()}
    people["editor"].force_login(network.member)
    people["secretary"].force_login(network.secretary)
    figure(riberas, "sdg-11.7.1", 2020, "10")
    Meeting.objects.get(slug="river").places.add(riberas)

    def costs(who):
        page(people[who])
        with django_assert_max_num_queries(12, info=who) as made:
            page(people[who])
        return len(made)

    few = {who: costs(who) for who in people}
    for n in range(30):
        add_recording(network, f"more-{n}", f"El río, parte {n}", "es", RIVER)
        meeting = Meeting.objects.create(title=f"M {n}", slug=f"m-{n}", language="es", status="held")
        meeting.places.add(riberas)
        City.objects.create(
            slug=f"c-{n}", names={"es": f"C {n}"}, name_sort=f"c {n}", country_id="EC", population=280_000
        )
        person = enrol(name=f"Persona {n}", language="es", by=None)
        appoint(person=person, label=f"Cargo {n}", language="es", city=riberas, by=None)
        figure(riberas, "sdg-11.2.1", 1990 + n, str(n))

    assert {who: costs(who) for who in people} == few


def test_a_meeting_without_a_day_comes_last(riberas, network, client):
    day = ImpreciseDate.of_day(dt.date(2020, 1, 1))
    for slug, date in (("undated", None), ("dated", day)):
        meeting = Meeting(title=slug.title(), slug=slug, language="es", status="held", visibility=Visibility.PUBLIC)
        meeting.date = date
        meeting.save()
        meeting.places.add(riberas)

    words = plain(page(client))

    assert words.index("Dated") < words.index("Undated")

"""The map of cities with its list: what is shown, narrowed down by what, and what is said of a bad choice."""

import datetime as dt
import gzip
import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from plaza.core.dates import ImpreciseDate
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import move
from plaza.directory.models import City, Country
from plaza.meetings.models import Meeting
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic


@pytest.fixture
def country(network):
    """Where the cities of the cast lie: one of them is not a member any more."""
    for name, latitude, longitude in (("Riberas", -0.2, -78.5), ("Porto Mar", -2.2, -79.9), ("Hillside", -3.9, -79.2)):
        City.objects.filter(pk=network.cities[name].pk).update(latitude=latitude, longitude=longitude)
    move(city=network.cities["Hillside"], to=MembershipStatus.LEFT, on=dt.date(2026, 1, 1), by=None)
    return network


def listed(response):
    return [place.city.slug for group in response.context["found"].groups for place in group.places]


def asked(client, language="en", /, **choices):
    return client.get(f"/{language}/cities/", choices)


def test_members_are_shown_on_the_map_and_in_the_list(country, client):
    page = asked(client)

    assert listed(page) == ["porto-mar", "riberas"]
    assert len(re.findall(r'<circle class="(?:heard|member)" [^>]*><title>', page.text)) == 2
    assert 'role="img" aria-labelledby="map-title map-words"' in page.text


def test_the_map_has_nothing_to_tab_through(country, client):
    drawing = re.search(r"<svg class=\"map\".*?</svg>", asked(client).text, re.S)[0]

    assert "<a" not in drawing
    assert "tabindex" not in drawing


def test_numbers_of_the_drawing_have_points_in_every_language(country, client):
    for language in ("es", "pt", "fr"):
        assert re.findall(r'c[xy]="[^"]*,', asked(client, language).text) == []


def test_who_was_heard_is_marked_and_said(country, client):
    page = asked(client)

    assert {place.city.slug: place.heard_in for place in page.context["found"].places} == {
        "riberas": 2026, "porto-mar": None,
    }  # fmt: skip


def test_what_was_said_to_members_only_is_no_mark_for_a_visitor(country, client):
    client.force_login(country.member)

    assert {place.city.slug: place.heard_in for place in asked(client).context["found"].places}["porto-mar"] == 2026


def test_a_name_finds_cities_that_are_not_members_too(country, client):
    assert listed(asked(client, name="HILLSÍDE")) == ["hillside"]
    assert listed(asked(client, everywhere="on")) == ["hillside", "porto-mar", "riberas"]


def test_cities_are_narrowed_down_by_country_and_size(country, client):
    Country.objects.create(code="BR", names=dict.fromkeys(("es", "pt", "en", "fr"), "Brasil"), currency="BRL")
    City.objects.filter(slug="porto-mar").update(country="BR")

    assert listed(asked(client, country="BR")) == ["porto-mar"]
    assert listed(asked(client, size="200000-500000")) == ["porto-mar", "riberas"]
    assert listed(asked(client, size="over-1500000")) == []
    assert listed(asked(client, size="200000-500000", country="EC")) == ["riberas"]


def test_cities_are_narrowed_down_by_what_their_meetings_were_about(country, client):
    load_topics()
    country.meetings["river"].topics.add(Topic.objects.get(code="climate/adaptation"))
    held = Meeting.objects.create(title="Aquí", slug="here", language="es", status="held")
    held.topics.add(Topic.objects.get(code="climate/adaptation"))
    held.places.add(country.cities["Porto Mar"])

    for topic in ("climate/adaptation", "climate"):
        assert listed(asked(client, topic=topic)) == ["porto-mar", "riberas"]
    Meeting.objects.filter(pk=held.pk).update(status="draft")
    assert listed(asked(client, topic="climate")) == ["riberas"]


def test_cities_are_narrowed_down_by_what_they_did(country, client):
    Meeting.objects.get(slug="river").places.add(country.cities["Porto Mar"])

    assert listed(asked(client, activity="hosted")) == ["porto-mar"]
    assert listed(asked(client, activity="silent")) == ["porto-mar"]
    for age, found in ((10, ["riberas"]), (800, [])):
        day = ImpreciseDate.of_day(timezone.localdate() - dt.timedelta(days=age))
        Meeting.objects.filter(slug="river").update(date_start=day.start, date_end=day.end)
        assert listed(asked(client, activity="spoke")) == found


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "XX"},
        {"country": "'; DROP TABLE"},
        {"topic": "no/such"},
        {"size": "huge"},
        {"activity": "slept"},
        {"name": "x" * 1000},
        {"topic": "y" * 1000},
        {"country": "z" * 1000},
    ],
)
def test_a_choice_there_is_not_is_said_and_left_out(country, client, language, wrong):
    page = asked(client, language, **wrong)

    assert page.status_code == 200
    assert 'class="errorlist"' in page.text
    assert listed(page) == ["porto-mar", "riberas"]


def test_nothing_found_is_said(country, client):
    page = asked(client, name="zzzz")

    assert listed(page) == []
    assert '<svg class="map"' not in page.text


def test_a_name_with_markup_stays_words(country, client):
    assert "<script>alert" not in asked(client, name="<script>alert(1)</script>").text


def test_invented_cities_stand_in_the_list_and_not_on_the_map(country, client):
    City.objects.filter(slug="riberas").update(is_fictional=True)

    found = asked(client).context["found"]

    assert ([group.name for group in found.groups], len(found.dots), found.unplaced) == (
        ["Ecuador", "Invented for the demonstration"], 1, 1,
    )  # fmt: skip


def many_cities(network, number, country="EC"):
    for n in range(number):
        city = City.objects.create(
            slug=f"city-{n}", names={"es": f"Ciudad Número {n}"}, name_sort=f"ciudad numero {n}", country_id=country,
            search_names=f"ciudad numero {n}", latitude=-n / 10, longitude=-60 - n / 10, population=90_000 + n * 9_000,
        )  # fmt: skip
        move(city=city, to=MembershipStatus.MEMBER, on=dt.date(2025, 1, 1), by=None)


def test_three_hundred_members_cost_no_more_queries_than_three_and_weigh_little(
    country, client, django_assert_max_num_queries
):
    asked(client)
    with django_assert_max_num_queries(12) as few:
        asked(client)
    many_cities(country, 300)

    with django_assert_max_num_queries(12) as many:
        page = asked(client)

    assert len(many) == len(few)
    assert len(listed(page)) == 302
    assert len(gzip.compress(page.content)) < 30_000


def test_of_all_the_places_the_largest_are_shown_and_members_always(country, client, monkeypatch):
    monkeypatch.setattr("plaza.portal.domain.cities.MOST", 3)
    many_cities(country, 3)
    City.objects.create(slug="huge", names={"es": "Enorme"}, name_sort="enorme", country_id="EC", population=9_000_000)

    with override("en"):
        page = asked(client, everywhere="on")

    assert sorted(listed(page)) == ["city-2", "porto-mar", "riberas"]
    assert "these are the largest" in page.text

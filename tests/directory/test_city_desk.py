"""The desk of a city: what it filled in, what is missing, and who may do it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.core.models import Translation
from plaza.core.personal import Whom
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain import personal, profiles
from plaza.directory.domain.applications import apply
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City, CityApplication, CityProfile, KnownAddress
from plaza.mail.models import Letter

FILLED = {
    "population": "301000",
    "website": "riberas.example.org",
    "contact": "hola@riberas.example.org",
    "contact_visible_to": "members",
    "works_in": ["es", "pt"],
    "about_es": "Una ciudad junto al río.",
    "about_pt": "Uma cidade à beira do rio.",
}


@pytest.fixture
def editor(network):
    user = User.objects.create_user("editor@example.org", None, name="Elena", language="es")
    entrust(user=user, city=network.cities["Riberas"], by=network.secretary)
    return user


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor)
    return client


def city_with_all(slug):
    return profiles.for_completeness(City.objects.all()).get(slug=slug)


def missing_of(slug):
    return profiles.missing(city_with_all(slug))


def test_an_editor_fills_in_and_the_list_grows_shorter(network, desk, editor):
    assert missing_of("riberas") == 11
    assert desk.post("/es/cities/riberas/desk/about/", FILLED).status_code == 302

    assert missing_of("riberas") == 5
    profile = CityProfile.objects.get()
    assert (profile.language, profile.about, profile.website, profile.works_in) == (
        "es",
        "Una ciudad junto al río.",
        "https://riberas.example.org",
        ["es", "pt"],
    )
    assert list(Translation.objects.values_list("language", "text", "origin", "reviewed_by")) == [
        ("pt", "Uma cidade à beira do rio.", "human", editor.pk)
    ]
    assert City.objects.get(slug="riberas").population == 301000
    assert profile.population_confirmed_on == timezone.localdate()
    assert [(entry.verb, entry.by) for entry in history.of(network.cities["Riberas"])][-1] == ("city filled in", editor)


def test_a_full_city_misses_nothing(network, desk):
    city = network.cities["Riberas"]
    desk.post("/es/cities/riberas/desk/about/", FILLED | {"about_en": "A city by the river.", "about_fr": "Une ville."})
    name_focal_point(city=city, person=network.people["Ana Ribera"], on=dt.date(2026, 1, 1), by=None)
    assert missing_of("riberas") == 2
    KnownAddress.objects.create(person=network.people["Ana Ribera"], email="ana@example.org")
    appoint(
        person=enrol(name="Marta Ríos", by=None), label="Alcaldesa", language="es", city=city, is_mayor=True,
        start=dt.date(2024, 1, 1), by=None,
    )  # fmt: skip

    assert missing_of("riberas") == 0


def test_the_desk_links_to_where_each_missing_thing_is_mended(network, desk):
    for language in LANGUAGES:
        page = desk.get(f"/{language}/cities/riberas/desk/").text
        about = desk.get(f"/{language}/cities/riberas/desk/about/").text

        for item in profiles.items(city_with_all("riberas")):
            if item.field:
                assert f'href="/{language}/cities/riberas/desk/about/#id_{item.field}"' in page
                assert f'id="id_{item.field}"' in about


def test_what_is_emptied_is_taken_away_and_what_is_sent_again_changes_nothing(network, desk):
    for _ in range(2):
        desk.post("/es/cities/riberas/desk/about/", FILLED)
    assert history.of(network.cities["Riberas"]).filter(verb="city filled in").count() == 1

    desk.post("/es/cities/riberas/desk/about/", FILLED | {"about_es": "", "website": "", "population": ""})

    profile = CityProfile.objects.get()
    assert (profile.language, profile.about, profile.website) == ("pt", "Uma cidade à beira do rio.", "")
    assert profiles.texts_of(profile) == {"pt": "Uma cidade à beira do rio."}
    assert City.objects.get(slug="riberas").population == 301000


def test_an_editor_of_another_city_is_kept_out(network, desk):
    for path in ("/es/cities/porto-mar/desk/", "/es/cities/porto-mar/desk/about/"):
        assert desk.get(path).status_code == 404
        assert desk.post(path, FILLED).status_code == 404
    assert not CityProfile.objects.exists()


def test_an_editor_of_a_city_that_left_is_kept_out_and_stays_out_when_it_comes_back(network, desk):
    assert desk.get("/es/cities/riberas/desk/about/").status_code == 200

    move(city=network.cities["Riberas"], to=MembershipStatus.LEFT, on=timezone.localdate(), by=network.secretary)

    for path in ("/es/cities/riberas/desk/", "/es/cities/riberas/desk/about/"):
        assert desk.get(path).status_code == 404
        assert desk.post(path, FILLED).status_code == 404
    assert not CityProfile.objects.exists()
    move(city=network.cities["Riberas"], to=MembershipStatus.MEMBER, on=timezone.localdate(), by=network.secretary)
    assert desk.get("/es/cities/riberas/desk/").status_code == 404


def test_what_cannot_be_is_told_and_nothing_is_kept(network, desk):
    for changed in (
        {"population": "-1"},
        {"population": "99999999999999999999"},
        {"website": "javascript:alert(1)"},
        {"contact": "a@example.org\r\nBcc: b@example.org"},
        {"contact_visible_to": "nobody"},
        {"works_in": ["xx"]},
        {"about_es": "x" * 1501},
    ):
        answer = desk.post("/es/cities/riberas/desk/about/", FILLED | changed)

        assert (changed, answer.status_code, "errorlist" in answer.text) == (changed, 200, True)
        assert "Uma cidade" in answer.text
        assert not CityProfile.objects.exists()


def test_the_page_of_the_city_shows_it_in_the_readers_language_as_no_markup_and_an_address_for_members_to_no_visitor(
    network, desk, client
):
    desk.post("/es/cities/riberas/desk/about/", FILLED)
    assert "Uma cidade à beira do rio." in client.get("/pt/cities/riberas/").text
    assert '<div lang="es"><p>Una ciudad junto al río.' in client.get("/fr/cities/riberas/").text
    assert "hola@riberas.example.org" not in client.get("/es/cities/riberas/").text
    assert "hola@riberas.example.org" in desk.get("/es/cities/riberas/").text

    desk.post("/es/cities/riberas/desk/about/", FILLED | {"contact_visible_to": "public"})
    assert "hola@riberas.example.org" in client.get("/es/cities/riberas/").text

    desk.post("/es/cities/riberas/desk/about/", FILLED | {"about_es": "<script>alert(1)</script>\u202e"})

    page = client.get("/es/cities/riberas/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page


def test_who_erases_herself_leaves_no_application_and_no_address(network, desk, editor):
    city = City.objects.create(
        slug="x", names={"es": "Equis"}, name_sort="equis", search_names="equis", is_fictional=True
    )
    apply(city=city, typed="", name="Elena", post="P", email=editor.email, words="w", language="es")
    desk.post("/es/cities/riberas/desk/about/", FILLED | {"contact": editor.email})
    whom = Whom(editor, editor.email, editor.name)
    assert {row["what"] for row in personal.tell(whom)} >= {"application for a city"}

    personal.erase(whom)

    assert editor.email not in str([*CityApplication.objects.values(), *CityProfile.objects.values()])
    assert not Letter.objects.filter(to=editor.email).exists()


def test_the_list_of_members_shows_what_is_missing_at_the_same_cost_for_three_and_for_thirty(
    network, client, django_assert_max_num_queries
):
    client.force_login(network.secretary)
    assert client.get("/es/workspace/members/").text.count("<td>11 ") == 3
    costs = []
    for number in range(30):
        city = City.objects.create(
            slug=f"c{number}", names={"es": f"C {number}"}, name_sort=f"c {number}", is_fictional=True
        )
        move(city=city, to=MembershipStatus.MEMBER, on=dt.date(2026, 1, 1), by=None)
        name_focal_point(city=city, person=enrol(name=f"F {number}", by=None), on=dt.date(2026, 1, 1), by=None)
        profiles.fill_in(city=city, about={"es": "Hola.", "pt": "Olá."}, population=1, by=None, works_in=["es"])
        mayor = enrol(name=f"M {number}", by=None)
        appoint(person=mayor, label="A", language="es", city=city, is_mayor=True, by=None)
        if number in (2, 29):
            with django_assert_max_num_queries(12) as asked:
                page = client.get("/es/workspace/members/").text
            costs.append(len(asked))

    assert page.count("<td>5 ") == 30
    assert costs[0] == costs[1]


def test_the_desk_costs_the_same_however_much_is_filled_in(network, desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        desk.get("/es/cities/riberas/desk/")
    desk.post("/es/cities/riberas/desk/about/", FILLED)
    with django_assert_max_num_queries(12):
        desk.get("/es/cities/riberas/desk/")

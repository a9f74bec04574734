"""A city joins, fills in its desk and hands over; an editor of another city is kept out."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain import profiles
from plaza.directory.domain.membership import move
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City, CityApplication, FocalPoint, HandOver, NetworkMembership
from plaza.directory.tasks import look_at_terms
from plaza.mail.models import Letter
from tests.journeys.looking import faults, follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def laguna(network):
    rows = [
        City.objects.create(
            slug=slug,
            names=dict.fromkeys(LANGUAGES, "Laguna Clara"),
            name_sort=fold("Laguna Clara"),
            search_names=fold("Laguna Clara"),
            country=network.cities["Riberas"].country,
            admin1=region,
            population=population,
        )
        for slug, region, population in (("laguna-clara", "Costa", 84000), ("laguna-clara-sierra", "Sierra", 9000))
    ]
    return rows[0]


def link_to(address, template):
    letter = Letter.objects.filter(to=address, template=f"directory/{template}").latest("pk")
    return next(line for line in letter.text.splitlines() if line.startswith("http")).removeprefix("http://127.0.0.1")


def test_a_city_joins_fills_in_its_desk_and_its_focal_point_hands_over(network, laguna, visit):
    # On the phone, without scripts and without an account.
    phone = visit(scripts=False)
    phone.goto("/es/apply/")
    phone.fill("#id_city", "Laguna Clara")
    phone.fill("#id_name", "Lucía Vera")
    phone.fill("#id_post", "Directora de planeación")
    phone.fill("#id_email", "lucia@example.org")
    phone.fill("#id_words", "Queremos aprender de otras ciudades con lagunas.")
    phone.check("#id_consent")
    follow(phone.locator("main form button"))
    phone.locator("input[value=laguna-clara]").check()
    follow(phone.locator("main form button"))
    assert phone.locator("main [role=status]").count() == 1
    phone.goto(link_to("lucia@example.org", "confirm_application"))
    follow(phone.locator("main form button"))
    assert CityApplication.objects.get().state == "confirmed"

    desk = visit(user=network.secretary, width=1280)
    desk.goto("/es/workspace/applications/")
    follow(desk.locator("main table a"))
    follow(desk.locator("button[value=accept]"))
    desk.wait_for_url("**/workspace/applications/")
    assert NetworkMembership.objects.get(city=laguna).status == "member"

    phone.goto(link_to("lucia@example.org", "invitation"))
    phone.fill("#id_name", "Lucía Vera")
    follow(phone.locator("main form button"))
    phone.goto("/es/cities/laguna-clara/desk/")
    before = phone.locator("main strong").count()
    follow(phone.locator("main a[href$='#id_population']"))
    phone.fill("#id_website", "https://laguna.example.org")
    phone.fill("#id_about_es", "Una ciudad a la orilla de una laguna.")
    phone.check("input[name=works_in][value=es]")
    follow(phone.locator("main form button"))
    assert phone.locator("main .errors, main .errorlist").all_inner_texts() == []
    phone.wait_for_url("**/cities/laguna-clara/desk/#filled")
    assert phone.locator("main strong").count() == before - 4
    phone.goto("/es/cities/laguna-clara/")
    assert "a la orilla de una laguna" in phone.inner_text("main")

    today = timezone.localdate()
    FocalPoint.objects.update(start=today - dt.timedelta(days=700), end=today + dt.timedelta(days=6))
    look_at_terms(0)
    focal_point = visit(scripts=False)
    focal_point.goto(link_to("lucia@example.org", "term_ends"))
    focal_point.fill("#id_name", "Raúl Otero")
    focal_point.fill("#id_post", "Director de planeación")
    focal_point.fill("#id_email", "raul@example.org")
    focal_point.fill("#id_first_day", today.isoformat())
    follow(focal_point.locator("button[value=next]"))
    assert focal_point.locator("main [role=status]").count() == 1
    following = visit(scripts=False)
    following.goto(link_to("raul@example.org", "you_are_next"))
    follow(following.locator("main form button"))
    assert NetworkMembership.objects.get(city=laguna).focal_point.name == "Raúl Otero"
    following.goto(link_to("raul@example.org", "invitation"))
    following.fill("#id_name", "Raúl Otero")
    follow(following.locator("main form button"))
    following.goto("/es/cities/laguna-clara/desk/")
    assert "Raúl Otero" in following.inner_text("main")
    assert phone.request.get("/es/cities/laguna-clara/desk/").status == 404
    assert focal_point.request.get(link_to("lucia@example.org", "term_ends")).status == 410


def test_an_editor_of_another_city_and_one_of_a_city_that_left_are_kept_out(network, visit):
    editor = User.objects.create_user("editor@example.org", None, name="Elena", language="es")
    entrust(user=editor, city=network.cities["Porto Mar"], by=network.secretary)
    page = visit(user=editor)

    assert page.goto("/es/cities/porto-mar/desk/about/").status == 200
    assert page.request.get("/es/cities/riberas/desk/about/").status == 404
    move(city=network.cities["Porto Mar"], to=MembershipStatus.LEFT, on=timezone.localdate(), by=None)
    assert page.request.get("/es/cities/porto-mar/desk/").status == 404
    page.goto("/es/account/places/")
    assert page.locator("main li").count() == 0


@pytest.mark.parametrize(("language", "dark", "width"), [("pt", False, 360), ("es", True, 1280), ("fr", False, 360)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(network, laguna, visit, client, language, dark, width):
    today = timezone.localdate()
    client.post(
        f"/{language}/apply/",
        {
            "city": "Laguna Clara", "place": "laguna-clara", "name": "x" * 200, "post": "y" * 200,
            "email": f"{'n' * 60}@example.org", "words": "z" * 300, "consent": "on",
        },
    )  # fmt: skip
    client.force_login(network.secretary)
    profiles.fill_in(city=network.cities["Riberas"], about={language: "x" * 300}, population=1, by=None)
    client.post(
        f"/{language}/workspace/members/riberas/",
        {"deed": "focal", "name": "Ana Ribera", "who": "ana-ribera", "start": "2024-01-01", "is_main": "on"},
    )
    client.post(f"/{language}/people/ana-ribera/")
    network.people["Ana Ribera"].user = network.member
    network.people["Ana Ribera"].save(update_fields=["user"])
    FocalPoint.objects.update(end=today)
    look_at_terms(0)
    secretary = visit(language=language, dark=dark, width=width, user=network.secretary)
    guest = visit(language=language, dark=dark, width=width)
    found = {}

    for page, address in [
        (guest, f"/{language}/apply/"),
        (guest, link_to(f"{'n' * 60}@example.org", "confirm_application")),
        (guest, link_to("member@example.org", "term_ends")),
        (guest, f"/{language}/cities/riberas/"),
        (secretary, f"/{language}/workspace/applications/"),
        (secretary, f"/{language}/workspace/applications/{CityApplication.objects.get().pk}/"),
        (secretary, f"/{language}/workspace/members/"),
        (secretary, f"/{language}/workspace/members/riberas/"),
        (secretary, f"/{language}/workspace/hand-overs/"),
        (secretary, f"/{language}/workspace/hand-overs/{HandOver.objects.get().pk}/"),
        (secretary, f"/{language}/cities/riberas/desk/"),
        (secretary, f"/{language}/cities/riberas/desk/about/"),
    ]:
        found |= faults(page, address)

    assert found == {}

"""Those who run the network answer a city that applied, or invite one."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from plaza.core import history
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.applications import (
    AnsweredAlready,
    MembershipRests,
    accept,
    decline,
    forget_old,
    invite_city,
    take_up_invitation,
)
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import enrol
from plaza.directory.models import (
    CityApplication,
    FocalPoint,
    Invitation,
    KnownAddress,
    NetworkMembership,
    Person,
)
from plaza.mail.models import Letter
from tests.directory.applying import ADDRESS, confirmed, link_in, make_city, send


@pytest.fixture
def city(network):
    return make_city(network, "Laguna Clara")


def test_what_is_declined_keeps_nobody_and_the_reason_goes_by_letter(network, client, city):
    row = confirmed(client)

    decline(application=row, why="Primero abrimos la red a capitales.", by=network.secretary)

    row.refresh_from_db()
    assert (row.state, row.name, row.post, row.email, row.words) == ("declined", "", "", "", "")
    letter = Letter.objects.latest("pk")
    assert (letter.to, "Primero abrimos la red a capitales." in letter.text) == (ADDRESS, True)
    assert not NetworkMembership.objects.filter(city=city).exists()
    assert ADDRESS not in str(list(history.of(row).values("why", "details")))
    with pytest.raises(AnsweredAlready):
        accept(application=row, by=network.secretary)


def test_an_address_nobody_confirmed_gets_no_answer(network, client, city):
    send(client)

    decline(application=CityApplication.objects.get(), why="No.", by=network.secretary)

    assert [letter.template for letter in Letter.objects.all()] == ["directory/confirm_application"]


def test_a_city_that_left_and_applies_in_vain_is_again_one_that_left(network, client):
    city = network.cities["Hillside"]
    move(city=city, to=MembershipStatus.LEFT, on=dt.date(2026, 1, 1), by=None)

    row = confirmed(client, city="Hillside")
    assert NetworkMembership.objects.get(city=city).status == "applied"
    decline(application=row, why="Hablemos.", by=network.secretary)

    standing = NetworkMembership.objects.get(city=city)
    assert (standing.status, standing.until) == ("left", dt.date(2026, 1, 1))


def test_namesakes_are_offered_never_merged_in_silence_and_who_is_accepted_second_stands_beside_the_first(
    network, client, city
):
    twin = enrol(name="LUCIA VERA", by=None)
    first, second = confirmed(client), confirmed(client, email="otra@example.org")
    client.force_login(network.secretary)
    page = f"/es/workspace/applications/{first.pk}/"

    asked = client.post(page, {"deed": "accept"})
    assert f'value="{twin.slug}"' in asked.text
    assert NetworkMembership.objects.get(city=city).status == "applied"
    client.post(page, {"deed": "accept", "who": "new"})
    client.post(f"/es/workspace/applications/{second.pk}/", {"deed": "accept", "who": twin.slug})

    terms = FocalPoint.objects.filter(city=city).order_by("pk")
    assert [(term.person == twin, term.is_main) for term in terms] == [(False, True), (True, False)]
    assert Person.objects.filter(name_sort="lucia vera").count() == 2


@pytest.mark.parametrize("is_typed", [False, True])
@pytest.mark.parametrize(("pause", "status"), [("goes-on", "paused"), ("ends", "member")])
def test_a_pause_ends_only_where_somebody_says_so(network, client, city, is_typed, pause, status):
    row = confirmed(client, **({"city": "Lag. Clara", "place": "none"} if is_typed else {}))
    for state in (MembershipStatus.MEMBER, MembershipStatus.PAUSED):
        move(city=city, to=state, on=timezone.localdate(), by=None)
    client.force_login(network.secretary)
    page, wish = f"/en/workspace/applications/{row.pk}/", {"deed": "accept"}
    wish |= {"city": "Laguna Clara"} if is_typed else {}

    with pytest.raises(MembershipRests):
        accept(application=row, by=network.secretary, city=city)
    assert "What becomes of the pause?" in client.post(page, wish).text
    assert (NetworkMembership.objects.get(city=city).status, Invitation.objects.count()) == ("paused", 0)
    client.post(page, wish | {"pause": pause})

    standing = NetworkMembership.objects.get(city=city)
    assert (standing.status, standing.focal_point.name) == (status, "Lucía Vera")
    assert Invitation.objects.get().city == city


def test_a_city_is_invited_though_a_stranger_applied_with_that_address(network, client, city):
    send(client, name="Un Extraño")
    client.force_login(network.secretary)

    wish = {"city": "Laguna Clara", "email": ADDRESS, "language": "pt"}
    client.post("/es/workspace/applications/", wish)
    client.post("/es/workspace/applications/", wish)

    rows = CityApplication.objects.order_by("pk")
    assert [(row.state, row.name) for row in rows] == [("asked", "Un Extraño"), ("invited", "")]
    assert [letter.template for letter in Letter.objects.order_by("pk")] == [
        "directory/confirm_application",
        "directory/city_invitation",
    ]
    assert NetworkMembership.objects.get(city=city).status == "invited"
    client.post(link_in(Letter.objects.latest("pk")), {"name": "Lucía Vera", "post": "Assessora"})
    assert NetworkMembership.objects.get(city=city).focal_point.name == "Lucía Vera"


def test_an_invited_city_comes_in_by_its_link_once(network, client, city):
    row, is_new = invite_city(city=city, email=ADDRESS, language="pt", by=network.secretary)
    again, second = invite_city(city=city, email=ADDRESS.upper(), language="pt", by=network.secretary)
    assert (is_new, second, again) == (True, False, row)
    assert NetworkMembership.objects.get(city=city).status == "invited"
    path = link_in(Letter.objects.get())

    client.get(path)
    assert client.post(path, {"name": "", "post": ""}).status_code == 200
    assert NetworkMembership.objects.get(city=city).status == "invited"
    assert client.post(path, {"name": "Lucía Vera", "post": "Assessora"}).status_code == 200

    standing = NetworkMembership.objects.get(city=city)
    assert (standing.status, standing.focal_point.name) == ("member", "Lucía Vera")
    assert KnownAddress.objects.get().email == ADDRESS
    assert client.get(path).status_code == 410
    guest = Client()
    guest.post(link_in(Letter.objects.latest("pk")), {"name": "Lucía Vera"})
    assert guest.get("/pt/cities/laguna-clara/desk/").status_code == 200


def test_a_city_invited_and_not_come_is_nothing_again(network, client, city):
    invite_city(city=city, email=ADDRESS, language="es", by=network.secretary)
    CityApplication.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    path = link_in(Letter.objects.get())

    assert client.post(path, {"name": "L", "post": "P"}).status_code == 410
    with pytest.raises(AnsweredAlready):
        take_up_invitation(application=CityApplication.objects.get(), name="L", post="P")
    assert forget_old() == 1
    assert forget_old() == 0
    assert not NetworkMembership.objects.filter(city=city).exists()
    assert CityApplication.objects.get().email == ""


def test_the_list_and_the_desk_cost_the_same_for_three_and_for_thirty(network, client, django_assert_num_queries):
    client.force_login(network.secretary)
    for number in range(30):
        city = make_city(network, f"Pueblo {number}")
        invite_city(city=city, email=f"p{number}@example.org", language="es", by=network.secretary)
        if number == 2:
            with django_assert_num_queries(5) as few:
                client.get("/es/workspace/applications/")
    with django_assert_num_queries(len(few)):
        client.get("/es/workspace/applications/")

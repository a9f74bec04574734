"""A city applies without an account."""

import pytest
from django.test import Client
from django.utils import timezone

from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.directory.domain.applications import (
    invite_city,
)
from plaza.directory.models import (
    CityApplication,
    Invitation,
    NetworkMembership,
    Person,
)
from plaza.mail.models import Letter
from tests.directory.applying import ADDRESS, link_in, make_city, send


@pytest.fixture
def city(network):
    return make_city(network, "Laguna Clara")


def test_a_city_applies_confirms_is_accepted_and_its_focal_point_is_invited_in_her_language(network, client):
    desk = Client()
    desk.force_login(network.secretary)
    for language, name in zip(LANGUAGES, ("Laguna Uno", "Laguna Dois", "Laguna Three", "Laguna Quatre"), strict=True):
        city, address, who = make_city(network, name), f"{language}@example.org", f"Lucía de {name}"
        assert send(client, language, city=name, name=who, email=address).status_code == 200
        letter = Letter.objects.get(to=address)
        assert (letter.language, name in letter.text) == (language, True)
        path = link_in(letter)
        assert path.startswith(f"/{language}/apply/")
        client.get(path)
        row = CityApplication.objects.latest("pk")
        assert row.state == "asked"
        client.post(path)
        row.refresh_from_db()
        assert (row.state, NetworkMembership.objects.get(city=city).status) == ("confirmed", "applied")

        assert who in desk.get(f"/{language}/workspace/applications/{row.pk}/").text
        desk.post(f"/{language}/workspace/applications/{row.pk}/", {"deed": "accept"})

        standing, person = NetworkMembership.objects.get(city=city), Person.objects.get(name=who)
        assert (standing.status, standing.since, standing.focal_point) == ("member", timezone.localdate(), person)
        assert person.known_address.email == address
        assert person.memberships.get().post.label == "Directora de planeación"
        invitation = Invitation.objects.get(city=city)
        assert (invitation.email, invitation.language) == (address, language)
        row.refresh_from_db()
        assert (row.state, row.name, row.post, row.email, row.words) == ("accepted", "", "", "", "")
        assert [entry.verb for entry in history.of(city)] == [
            "membership applied",
            "membership member",
            "focal point named",
        ]


def test_the_answer_is_the_same_for_the_unknown_the_applied_and_the_invited(network, client, city):
    def told(**changed):
        response = send(Client(), **changed)
        return response.status_code, response.content.split(b"<main")[1].split(b"</main>")[0]

    first = told()
    invited = make_city(network, "Bahía Honda")
    invite_city(city=invited, email=ADDRESS, language="es", by=network.secretary)
    unknown = told(city="Ciudad de Nunca", place="none")

    assert first == told() == told(email="otra@example.org") == unknown == told(city="Bahía Honda")
    assert first[0] == 200
    assert CityApplication.objects.filter(city=city).count() == 2


def test_that_a_city_is_a_member_is_said_clearly_nothing_is_kept_and_it_is_not_invited_again(network, client):
    response = send(client, city="Riberas", language="en")

    assert response.status_code == 422
    assert "is a member of the network already" in response.text
    assert 'href="/en/join/"' in response.text
    client.force_login(network.secretary)
    client.post("/es/workspace/applications/", {"city": "Riberas", "email": ADDRESS, "language": "es"})
    assert (CityApplication.objects.count(), Letter.objects.count()) == (0, 0)


def test_among_namesakes_one_is_chosen_nothing_typed_is_lost_and_a_choice_of_another_name_does_not_count(
    network, client, city
):
    other = make_city(network, "Laguna Clara", slug="laguna-clara-2")

    asked = send(client)
    assert asked.status_code == 200
    assert all(f'value="{each}"' in asked.text for each in (city.slug, other.slug, "none", "Lucía Vera"))
    assert send(client, place="riberas").status_code == 422
    assert CityApplication.objects.count() == 0
    send(client, place=other.slug)

    assert CityApplication.objects.get().city == other


def test_a_city_that_is_in_no_list_is_taken_in_her_words_and_found_by_the_secretariat(network, client, city):
    send(client, city="Lag. Clara", place="none")
    row = CityApplication.objects.get()
    assert (row.city, row.typed) == (None, "Lag. Clara")
    assert "Lag." not in Letter.objects.get().text

    client.force_login(network.secretary)
    assert client.post(f"/es/workspace/applications/{row.pk}/", {"deed": "accept"}).status_code == 200
    client.post(f"/es/workspace/applications/{row.pk}/", {"deed": "accept", "city": "Laguna Clara"})

    assert NetworkMembership.objects.get(city=city).status == "member"


def test_a_form_that_cannot_be_is_told_and_nothing_is_kept(network, client, city):
    bad = [
        {"name": ""},
        {"name": "\u202e\u200f"},
        {"name": "x" * 401},
        {"city": ""},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"words": "x" * 100_000},
        {"consent": ""},
        {"website": "http://spam.example"},
        {"place": "x" * 5000, "city": "Nowhere"},
    ]

    assert [send(client, **changed).status_code for changed in bad] == [422] * len(bad)
    assert (CityApplication.objects.count(), Letter.objects.count()) == (0, 0)


def test_applying_twice_writes_one_letter_and_an_address_gets_three_an_hour(network, client):
    names = [make_city(network, name).names["es"] for name in ("Uno Alto", "Dos Altos", "Tres Altos", "Cuatro Altos")]
    for name in names:
        send(client, city=name)
        send(Client(REMOTE_ADDR="192.0.2.7"), city=name)

    assert CityApplication.objects.count() == 4
    assert Letter.objects.count() == 3


def test_one_place_applies_five_times_and_is_told_to_wait_and_no_letter_holds_words_of_whoever_applied(
    network, client, city
):
    spam = "Buy http://spam.example"
    answers = [
        send(client, email=f"n{number}@example.org", name=spam, post=spam, words=spam).status_code
        for number in range(6)
    ]

    assert answers == [200] * 5 + [429]
    assert [letter.to for letter in Letter.objects.order_by("pk")] == [f"n{number}@example.org" for number in range(5)]
    assert not any("spam" in each.subject + each.text + each.to_name for each in Letter.objects.all())
    row = CityApplication.objects.first()
    for guess in ("x", "0" * 64, row.token_hash, str(row.uuid)):
        assert client.get(f"/es/apply/{guess}/").status_code == 404


def test_a_later_applicant_of_the_same_city_and_address_stands_beside_the_first_and_neither_hears_of_the_other(
    network, client, city
):
    first = send(Client(), name="Un Extraño", words="Nos gusta.")
    second = send(client)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    rows = list(CityApplication.objects.order_by("pk"))
    assert [(row.name, row.words, row.email, row.state) for row in rows] == [
        ("Un Extraño", "Nos gusta.", ADDRESS, "asked"),
        ("Lucía Vera", "Queremos aprender de otras.", ADDRESS, "asked"),
    ]
    assert ["Extraño" in letter.text for letter in Letter.objects.all()] == [False, False]

    client.post(link_in(Letter.objects.latest("pk")))
    client.force_login(network.secretary)
    page = client.get(f"/es/workspace/applications/{rows[1].pk}/").text
    assert all(each in page for each in ("Un Extraño", "Nos gusta.", "Lucía Vera", "Queremos aprender de otras."))
    assert f"/es/workspace/applications/{rows[0].pk}/" in page
    client.post(f"/es/workspace/applications/{rows[1].pk}/", {"deed": "accept"})

    assert NetworkMembership.objects.get(city=city).focal_point.name == "Lucía Vera"
    assert CityApplication.objects.get(pk=rows[0].pk).words == "Nos gusta."

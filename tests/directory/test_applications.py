"""A city applies without an account, is answered, or is invited."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from plaza.core import history
from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.applications import (
    AnsweredAlready,
    MembershipRests,
    accept,
    confirm,
    decline,
    forget_old,
    invite_city,
    take_up_invitation,
)
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import enrol
from plaza.directory.models import (
    City,
    CityApplication,
    FocalPoint,
    Invitation,
    KnownAddress,
    NetworkMembership,
    Person,
)
from plaza.mail.models import Letter

ADDRESS = "lucia@example.org"


@pytest.fixture
def city(network):
    return make_city(network, "Laguna Clara")


def make_city(network, name, slug="", country=True):
    return City.objects.create(
        slug=slug or name.lower().replace(" ", "-"),
        names=dict.fromkeys(LANGUAGES, name),
        name_sort=fold(name),
        search_names=fold(name),
        country=network.cities["Riberas"].country if country else None,
        is_fictional=not country,
    )


def send(client, language="es", **changed):
    form = {
        "city": "Laguna Clara",
        "name": "Lucía Vera",
        "post": "Directora de planeación",
        "email": ADDRESS,
        "words": "Queremos aprender de otras.",
        "consent": "on",
    }
    return client.post(f"/{language}/apply/", form | changed)


def link_in(letter):
    line = next(line for line in letter.text.splitlines() if line.startswith("http"))
    return line.removeprefix("http://127.0.0.1")


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


def confirmed(client, **changed):
    send(client, **changed)
    row = CityApplication.objects.latest("pk")
    return confirm(application=row)


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

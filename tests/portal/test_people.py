"""Finding anyone, and what is told of whom."""

import datetime as dt

import pytest

from plaza.directory.domain.people import appoint, enrol
from plaza.directory.models import Expertise, Organization, Person, Profile
from plaza.meetings.models import Meeting
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic

LANGUAGES = ["es", "pt", "en", "fr"]


def found(client, **asked):
    page = client.get("/es/people/", asked).text
    names = Person.objects.order_by("pk").values_list("name", flat=True)
    return [name for name in names if f">{name}</a></h3>" in page]


@pytest.fixture
def topics(network):
    load_topics()
    Meeting.objects.get(slug="river").topics.add("climate/adaptation")
    return network


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_one_letter_gets_a_clear_sentence_and_not_half_the_network(network, client, language):
    answer = client.get(f"/{language}/people/", {"name": " á "})

    assert (answer.status_code, answer.text.count('class="said-by-us"')) == (200, 1)
    assert "Ana Ribera" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["a" * 400, "ana " * 100, "x" * 100_000])
def test_a_name_of_400_letters_gets_a_clear_sentence(network, client, language, name):
    answer = client.get(f"/{language}/people/", {"name": name})

    assert (answer.status_code, answer.text.count('class="said-by-us"'), "200" in answer.text) == (200, 1, True)


@pytest.mark.parametrize(
    "name",
    ["ana\x00", "%_\\", "'; DROP TABLE directory_person --", "{ana,}", "<script>alert(1)</script>", "🌊", "…", "ﷺ"],
)
def test_whatever_is_typed_gets_a_page(network, client, name):
    answer = client.get("/es/people/", {"name": name, "place": name, "topic": name, "country": name, "page": name})

    assert (answer.status_code, "<script>alert" in answer.text) == (200, False)


def test_somebody_is_found_by_a_city_and_by_an_organisation(network, client):
    institute = Organization.objects.create(slug="rios", name="Instituto de los Ríos")
    appoint(person=enrol(name="Bo Li", by=None), label="Director", language="es", organization=institute, by=None)

    assert found(client, place="porto mar") == ["João Mar"]
    assert found(client, place="los rios") == ["Bo Li"]
    assert found(client, name="li", place="riberas") == []
    assert found(client, country="EC") == ["Ana Ribera", "Luis Prado", "João Mar", "Rose Hill"]


def test_somebody_is_found_by_what_was_said_of_her_and_by_what_she_spoke_of(topics, client):
    Expertise.objects.create(
        person=topics.people["Rose Hill"],
        topic=Topic.objects.get(code="climate/adaptation"),
        evidence="Plan de riesgos de 2024",
        language="es",
        stated_by="staff",
        stated_on=dt.date(2026, 1, 1),
    )

    assert found(client, topic="climate/adaptation") == ["Ana Ribera", "Luis Prado", "Rose Hill"]
    assert found(client, topic="climate") == ["Ana Ribera", "Luis Prado", "Rose Hill"]
    assert found(client, topic="climate", place="porto mar") == []


def test_what_she_knows_finds_her_only_for_whom_she_shows_it_to(topics, client):
    rose = topics.people["Rose Hill"]
    Expertise.objects.create(
        person=rose, topic_id="climate/adaptation", evidence="E", stated_by="person", stated_on=dt.date(2026, 1, 1)
    )
    seen = {}
    for audience in ("everybody", "members", "nobody"):
        Profile.objects.update_or_create(person=rose, defaults={"expertise_for": audience})
        for who in (None, topics.member, topics.secretary):
            client.logout()
            if who:
                client.force_login(who)
            seen[audience, who.name if who else ""] = "Rose Hill" in found(client, topic="climate")

    assert [who for who, is_seen in seen.items() if is_seen] == [
        ("everybody", ""), ("everybody", "Otávio"), ("everybody", "Sofía"),
        ("members", "Otávio"), ("members", "Sofía"),
        ("nobody", "Sofía"),
    ]  # fmt: skip


def test_who_spoke_for_members_only_is_not_found_by_it_from_outside(topics, client):
    Meeting.objects.get(slug="buses").topics.add("climate/adaptation")

    assert found(client, topic="climate") == ["Ana Ribera", "Luis Prado"]
    client.force_login(topics.member)
    assert found(client, topic="climate") == ["Ana Ribera", "Luis Prado", "João Mar"]


def test_twenty_stand_on_a_page(network, client):
    for number in range(25):
        enrol(name=f"Nombre Número{'abcdefghijklmnopqrstuvwxyz'[number]}", by=None)

    assert client.get("/es/people/", {"name": "nombre"}).text.count('<li class="card">') == 20
    assert client.get("/es/people/", {"name": "nombre", "page": 2}).text.count('<li class="card">') == 5


@pytest.mark.parametrize("asked", [{}, {"name": "ana ribera"}, {"topic": "climate"}, {"place": "riberas"}])
def test_the_list_costs_the_same_few_queries_for_3_and_for_30(topics, client, asked, django_assert_max_num_queries):
    def costs():
        client.get("/es/people/", asked)
        with django_assert_max_num_queries(12) as made:
            client.get("/es/people/", asked)
        return len(made)

    few = costs()
    for number in range(27):
        person = enrol(name=f"Ana Ribera {number}", by=None)
        appoint(person=person, label="Directora", language="es", city=topics.cities["Riberas"], by=None)
        Expertise.objects.create(
            person=person, topic_id="climate/adaptation", evidence="E", stated_by="staff", stated_on=dt.date(2026, 1, 1)
        )

    assert costs() == few

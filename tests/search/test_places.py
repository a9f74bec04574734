"""The page of places: narrowed down by what a place is, with counts that hold when they are chosen."""

import pytest
from django.contrib.auth.models import AnonymousUser

from plaza.search.domain.facets import Facet
from plaza.search.domain.indexing import index_meeting, index_recording
from plaza.search.domain.places import places
from plaza.topics.models import Topic
from tests.network import add_recording, captions

ANYONE = AnonymousUser()
RIVER = "¿cómo avisan las sirenas cuando crece el río?"
LIGHTS = captions(
    ("João Mar", "As sirenes avisam os bairros quando o rio sobe, e cada rua tem um vizinho que ajuda."),
    language="pt",
)


@pytest.fixture
def two(network):
    """The river in Spanish (Riberas, 300,000) and, a year later, in Portuguese (Porto Mar, 200,000)."""
    add_recording(network, "alerta", "Sirenes e vizinhos", "pt", LIGHTS)
    work = network.recordings["alerta"].work
    work.date_start = work.date_end = work.date_start.replace(year=2027)
    work.save()
    topic = Topic.objects.create(code="risk/floods", names={"es": "Inundaciones", "en": "Floods"}, position=1)
    network.recordings["river"].work.topics.add(topic)
    return network


def found(chosen=None, user=ANYONE):
    return places(RIVER, language="es", user=user, shown_in="en", chosen=chosen or {})


def slugs(places):
    return {each.url.split("/")[3] for each in places.clear if each.hit.source == "recording"}


def choices(found, facet):
    return {
        choice.value: (choice.label, choice.count)
        for each in found.facets
        if each.facet == facet
        for choice in each.choices
    }


def test_every_place_that_speaks_of_it_is_there_once(two):
    assert slugs(found()) == {"river", "alerta"}


def test_what_may_be_chosen_is_named_in_the_readers_language_and_counted(two):
    all_of_it = found()

    assert choices(all_of_it, Facet.LANGUAGE)["pt"][0] == "Português"
    assert choices(all_of_it, Facet.TOPIC) == {"risk/floods": ("Floods", 1)}
    assert choices(all_of_it, Facet.SPEAKER)["joao-mar"][0] == "João Mar"
    assert list(choices(all_of_it, Facet.YEAR)) == ["2027", "2026"]


def test_a_facet_that_parts_nothing_is_not_offered(two):
    assert choices(found(), Facet.COUNTRY) == {}


@pytest.mark.parametrize(
    ("facet", "value", "expected"),
    [
        (Facet.LANGUAGE, "pt", {"alerta"}),
        (Facet.YEAR, "2027", {"alerta"}),
        (Facet.YEAR, "2026", {"river"}),
        (Facet.TOPIC, "risk/floods", {"river"}),
        (Facet.SPEAKER, "ana-ribera", {"river"}),
        (Facet.KIND, "meeting", set()),
        (Facet.COUNTRY, "EC", {"river", "alerta"}),
        (Facet.COUNTRY, "BR", set()),
        (Facet.SIZE, "200000-500000", {"river", "alerta"}),
        (Facet.SIZE, "over-1500000", set()),
    ],
)
def test_each_facet_leaves_what_has_it(two, facet, value, expected):
    assert slugs(found({facet: value})) == expected


def test_a_count_is_what_there_is_when_it_is_chosen(two):
    for each in found().facets:
        for choice in each.choices:
            assert len(found({each.facet: choice.value}).clear) == choice.count, (each.facet, choice)


def test_facets_narrow_together(two):
    assert slugs(found({Facet.LANGUAGE: "pt", Facet.YEAR: "2026"})) == set()


def test_what_one_may_not_see_is_not_counted(two):
    work, meeting = two.recordings["alerta"].work, two.meetings["alerta"]
    for hidden in (work, meeting):
        hidden.visibility = "members"
        hidden.save()
    index_recording(two.recordings["alerta"].pk)
    index_meeting(meeting.pk)

    assert "alerta" not in slugs(found())
    assert "joao-mar" not in choices(found(), Facet.SPEAKER)
    assert "alerta" in slugs(found(user=two.member))


def test_where_nobody_speaks_of_it_the_nearest_are_shown_as_such(two):
    asked = places(
        "how long to bake a chocolate cake in a gas oven", language="en", user=ANYONE, shown_in="en", chosen={}
    )

    assert asked.clear == []
    assert asked.nearest


def test_the_same_words_in_two_recordings_stand_once(two):
    said = "Cuando el río crece, las sirenas avisan a los barrios y evacuamos en cuarenta minutos."
    add_recording(
        two, "again", "El río, otra vez", "es", captions(("Ana Ribera", said.replace("evacuamos", "evacuemos")))
    )

    top = next(each for each in found().clear if each.hit.source == "recording")

    same = {two.recordings["river"].pk, two.recordings["again"].pk}
    assert {top.owner.pk, *(other.owner.pk for other in top.more)} == same
    assert slugs(found()) < {"river", "again", "alerta"}


def test_the_page_keeps_what_was_chosen_and_offers_to_undo_it(two, client):
    page = client.get("/en/search/", {"q": RIVER, "language": "pt", "year": "2027"}).text

    assert '<option value="pt" selected>Português (' in page
    assert "Remove: </span>Year: 2027" in page
    assert "language=pt" in page.split("Remove: </span>Year")[0].rsplit('href="', 1)[1]


@pytest.mark.parametrize(
    "hostile",
    [
        "language=xx",
        "year=99999999999999999999",
        "year=-1",
        "size=huge",
        "topic=%00",
        "topic=' OR 1=1",
        "country=ZZ",
        "speaker=" + "x" * 5000,
        "kind=recording&kind=meeting",
        "speaker=%F0%9F%8F%99",
    ],
)
def test_a_value_there_cannot_be_breaks_nothing(two, client, hostile):
    assert client.get(f"/es/search/?q=sirenas&{hostile}").status_code == 200


def test_the_twin_for_machines_tells_the_counts(two, client):
    document = client.get("/en/search.json", {"q": RIVER, "language": "pt"}).json()

    assert document["clear"] is True
    assert {hit["language"] for hit in document["hits"]} == {"pt"}
    assert document["facets"]["language"] == [
        {"value": "pt", "label": "Português", "count": len(document["hits"]), "chosen": True}
    ]

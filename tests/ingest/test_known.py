"""Who and what is known already is offered; a person chooses; nobody is merged in silence."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.directory.domain.people import appoint, enrol
from plaza.directory.models import City, Organization, Person
from plaza.ingest.domain.corrected import Corrected, Named
from plaza.ingest.domain.decisions import accept, accept_above, undo
from plaza.ingest.domain.known import known_to
from plaza.ingest.domain.pages import receive_page
from plaza.meetings.models import Meeting, Series
from plaza.retrieval.models import Passage
from plaza.search.domain.indexing import index_meeting
from tests.ingest.old_page import received

PAGE = """La Red de Prueba es una red de ciudades.


Mercados que vuelven a abrir
Taller, Quito, 12 de marzo de 2021
• Ana Ribera, alcaldesa de Guayaquil, Ecuador
• Nadie Conocido, director de la Fundación Remolino Claro
Grabación
"""


@pytest.fixture
def quito(network):
    return a_city("Quito", "3652462")


@pytest.fixture
def guayaquil(network):
    return a_city("Guayaquil", "3657509")


@pytest.fixture
def page(network, quito, guayaquil):
    return received(PAGE, network.secretary)


def a_city(name, geonames):
    return City.objects.create(
        slug=f"{name.lower()}-ec",
        names=dict.fromkeys(("es", "pt", "en", "fr"), name),
        name_sort=name.lower(),
        country_id="EC",
        identifiers={"geonames": geonames},
    )


def on_stage(meeting):
    return [
        (each.person.name, each.affiliation, each.city and str(each.city), each.organization and str(each.organization))
        for each in meeting.sessions.get().appearances.select_related("person", "city", "organization")
    ]


def test_cities_people_and_bodies_are_linked(page, network, quito, guayaquil):
    meeting = accept(proposal=page.proposals.get(), by=network.secretary)

    assert (list(meeting.places.all()), list(meeting.about.all())) == ([quito], [guayaquil])
    assert on_stage(meeting) == [
        ("Ana Ribera", "alcaldesa de Guayaquil, Ecuador", "Guayaquil", None),
        ("Nadie Conocido", "director de la Fundación Remolino Claro", None, "Fundación Remolino Claro"),
    ]


def test_two_of_one_name_are_a_doubt_and_a_person_chooses(page, network):
    namesake = enrol(name="Ana Ribera", by=network.secretary)
    appoint(person=namesake, label="Jueza", language="es", city=network.cities["Hillside"], by=None)
    row = page.proposals.get()

    known = known_to([row])
    assert [person.pk for person in known.people["ana ribera"]] == [network.people["Ana Ribera"].pk, namesake.pk]
    assert known.doubts(row)
    assert accept_above(page=page, confidence=0, by=network.secretary) == 0

    meeting = accept(
        proposal=row, by=network.secretary,
        corrected=Corrected(people={0: Named("Ana Ribera", "jueza", person=namesake)}),
    )  # fmt: skip
    assert meeting.sessions.get().appearances.first().person == namesake


def test_a_name_that_is_nearly_known_is_a_doubt(network, quito, guayaquil):
    page = receive_page(data=PAGE.replace("Ana Ribera,", "Ana María Ribera,").encode(), by=network.secretary)

    (row,) = page.proposals.all()

    assert known_to([row]).people["ana maria ribera"] == [network.people["Ana Ribera"]]
    assert accept_above(page=page, confidence=0, by=network.secretary) == 0


def test_somebody_new_may_have_a_name_that_is_known(page, network):
    chosen = Corrected(people={0: Named("Ana Ribera", "alcaldesa", is_new=True), 1: Named("", "", left_out=True)})

    meeting = accept(proposal=page.proposals.get(), by=network.secretary, corrected=chosen)

    (only,) = meeting.sessions.get().appearances.all()
    assert only.person != network.people["Ana Ribera"]
    assert Person.objects.filter(name="Ana Ribera").count() == 2
    assert not Person.objects.filter(name="Nadie Conocido").exists()


def test_a_city_that_was_taken_for_another_is_corrected(page, network, quito):
    chosen = Corrected(cities={"Quito": network.cities["Riberas"], "Guayaquil": None})

    meeting = accept(proposal=page.proposals.get(), by=network.secretary, corrected=chosen)

    assert (list(meeting.places.all()), list(meeting.about.all())) == ([network.cities["Riberas"]], [])


def test_a_meeting_that_is_here_already_is_offered_and_taken(page, network, client):
    client.force_login(network.secretary)
    first = accept(proposal=page.proposals.get(), by=network.secretary)
    other = receive_page(
        data=b"Mercados que vuelven a abrir sus puertas\nTaller, 12 de marzo de 2021\nNotas",
        by=network.secretary,
    )
    (row,) = other.proposals.all()

    assert known_to([row]).meetings == {row.pk: [first]}
    there = f"/es/workspace/pages/{other.pk}/"
    assert "¿Es una de estas?" in client.get(there).text
    client.post(f"{there}1/", {"deed": "accept", "p1-title": row.title, "p1-kind": "workshop", "p1-same_as": first.pk})

    row.refresh_from_db()
    assert (row.meeting, row.made_it) == (first, False)


def test_the_address_of_any_meeting_will_do_and_another_is_refused(page, network, client):
    client.force_login(network.secretary)
    there = f"/es/workspace/pages/{page.pk}/1/"
    told = {"deed": "accept", "p1-title": "Mercados", "p1-kind": "workshop"}

    refused = client.post(there, {**told, "p1-address": "https://example.org/es/meetings/nada/"})
    assert (refused.status_code, "Esta no es la dirección de una reunión" in refused.text) == (422, True)
    assert page.proposals.waiting().count() == 1
    client.post(there, {**told, "p1-address": "https://example.org/pt/meetings/river/?a=1#b"})

    assert page.proposals.get().meeting == network.meetings["river"]


def test_two_of_one_name_must_be_chosen_in_the_form_too(page, network, client):
    client.force_login(network.secretary)
    enrol(name="Ana Ribera", by=network.secretary)

    answer = client.post(
        f"/es/workspace/pages/{page.pk}/1/", {"deed": "accept", "p1-title": "Mercados", "p1-kind": "workshop"}
    )

    assert answer.status_code == 422
    assert "Elija quién es" in answer.text
    assert page.proposals.waiting().count() == 1


def test_a_series_is_chosen_made_or_left_away(network, client):
    client.force_login(network.secretary)
    text = "\n\n".join(
        f"Webinar {n}: El agua {n}\nEl 3 de mayo de 202{n} hablamos de pozos.\nGrabación" for n in (3, 1, 2)
    )
    page = receive_page(data=text.encode(), by=network.secretary)
    for row, series in zip(page.proposals.all(), ("Ciclo del agua", "Ciclo del agua", ""), strict=True):
        words = {"deed": "accept", "kind": "webinar", "title": row.title, "series": series}
        client.post(
            f"/es/workspace/pages/{page.pk}/{row.number}/",
            {name if name == "deed" else f"p{row.number}-{name}": value for name, value in words.items()},
        )

    series = Series.objects.get(title="Ciclo del agua")
    assert [(meeting.title, meeting.number) for meeting in series.meetings.order_by("number")] == [
        ("El agua 1", 1), ("El agua 3", 3),
    ]  # fmt: skip
    assert Meeting.objects.get(title="El agua 2").series is None


def test_taking_back_takes_along_only_what_was_made_for_it(page, network):
    row = page.proposals.get()
    accept(proposal=row, by=network.secretary)

    undo(proposal=row, by=network.secretary)

    assert Person.objects.filter(name="Ana Ribera").exists()
    assert not Person.objects.filter(name="Nadie Conocido").exists()
    assert not Organization.objects.filter(name="Fundación Remolino Claro").exists()


def test_taking_back_leaves_somebody_who_has_come_to_be_needed(page, network):
    row = page.proposals.get()
    accept(proposal=row, by=network.secretary)
    person = Person.objects.get(name="Nadie Conocido")
    appoint(person=person, label="Alcalde", language="es", city=network.cities["Riberas"], by=None)

    undo(proposal=row, by=network.secretary)

    assert Person.objects.filter(pk=person.pk).exists()


def test_what_was_taken_back_is_taken_out_of_the_index(page, network):
    row = page.proposals.get()
    meeting = accept(proposal=row, by=network.secretary)
    pk = meeting.pk
    index_meeting(pk)
    assert Passage.objects.filter(source="meeting", source_id=str(pk)).exists()

    undo(proposal=row, by=network.secretary)

    waiting = ProcrastinateJob.objects.filter(task_name="plaza.search.tasks.index_meeting", args={"meeting_id": pk})
    assert waiting.count() == 2  # when it was added, and when it was taken away
    index_meeting(pk)
    assert not Passage.objects.filter(source="meeting", source_id=str(pk)).exists()

"""The page of a person, and that of an organisation."""

import datetime as dt

import pytest

from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.roles import entrust
from plaza.directory.models import Expertise, Organization, Profile
from plaza.meetings.choices import OrganiserRole
from plaza.meetings.domain.organisers import name_organiser
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Appearance, Meeting
from plaza.topics.domain.vocabulary import load_topics
from tests.network import RIVER, add_recording

ANA = "/es/people/ana-ribera/"
INSTITUTE = "/es/organisations/rios/"


@pytest.fixture
def topics(network):
    load_topics()
    for meeting in Meeting.objects.all():
        meeting.topics.add("climate/adaptation")
    return network


@pytest.fixture
def institute(topics):
    body = Organization.objects.create(slug="rios", name="Instituto de los Ríos", website="https://rios.example.org/")
    appoint(person=enrol(name="Bo Li", by=None), label="Director", language="es", organization=body, by=None)
    Appearance.objects.filter(person__name="Ana Ribera").update(organization=body)
    name_organiser(meeting=topics.meetings["river"], organization=body, by=None)
    return body


def test_a_talk_is_linked_at_the_second_at_which_she_begins(topics, client):
    page = client.get(ANA).text

    assert '<a href="/es/recordings/river/?t=0#t=0">' in page
    assert '<a href="/es/recordings/river/?t=' in client.get("/es/people/luis-prado/").text
    assert "?t=0#" not in client.get("/es/people/luis-prado/").text


def test_what_she_spoke_of_is_evidence_beside_what_is_stated(topics, client):
    Expertise.objects.create(
        person=topics.people["Ana Ribera"], topic_id="climate/adaptation", evidence="Plan del río", language="es",
        link="https://rios.example.org/plan", stated_by="staff", stated_on=dt.date(2026, 1, 1), level="leads",
    )  # fmt: skip
    card = client.get(ANA).text.partition('<li class="card">')[2].partition("</li>\n</ul>")[0]

    assert ("Plan del río" in card, "rios.example.org/plan" in card, "/es/meetings/river/" in card) == (
        True,
        True,
        True,
    )


def test_a_talk_that_is_not_for_the_asker_is_no_evidence_for_her(topics, client):
    assert "/es/meetings/buses/" not in client.get("/es/people/joao-mar/").text
    client.force_login(topics.member)
    assert "/es/meetings/buses/" in client.get("/es/people/joao-mar/").text


def test_what_she_knows_is_hidden_where_she_hides_it_and_her_talks_are_not(topics, client):
    ana = topics.people["Ana Ribera"]
    Profile.objects.create(person=ana, expertise_for="nobody")
    Expertise.objects.create(
        person=ana, topic_id="climate/adaptation", evidence="secreto", stated_by="person", stated_on=dt.date(2026, 1, 1)
    )

    page = client.get(ANA).text
    assert ("secreto" in page, "/es/meetings/river/" in page) == (False, True)


def test_a_page_costs_the_same_few_queries_for_3_rows_and_for_30(
    institute, topics, client, django_assert_max_num_queries
):
    pages = (ANA, INSTITUTE, "/es/organisations/", "/es/cities/riberas/", "/es/meetings/river/")
    ana = topics.people["Ana Ribera"]
    Profile.objects.create(person=ana, bio="Ríos", language="es", languages=["es"], website="https://a.example.org/")

    def costs(page):
        client.get(page)
        with django_assert_max_num_queries(12, info=page) as made:
            client.get(page)
        return len(made)

    few = {page: costs(page) for page in pages}
    for number in range(9):
        recording = add_recording(topics, f"more-{number}", f"El río, parte {number}", "es", RIVER)
        meeting = Meeting.objects.get(slug=recording.work.slug)
        meeting.topics.add("climate/adaptation")
        name_organiser(meeting=meeting, organization=institute, by=None)
        name_organiser(meeting=topics.meetings["river"], role=OrganiserRole.PARTNER, city=None,
                       organization=Organization.objects.create(slug=f"o-{number}", name=f"O {number}"), by=None)  # fmt: skip
        put_on_stage(
            session=topics.meetings["river"].sessions.get(), person=enrol(name=f"N {number}", by=None), by=None
        )
    Appearance.objects.filter(person=ana).update(organization=institute)
    for number in range(9):
        appoint(person=ana, label=f"Puesto {number}", language="es", organization=institute, by=None)

    assert {page: costs(page) for page in pages} == few


def test_an_organisation_tells_its_people_its_talks_and_what_it_held(institute, client):
    page = client.get(INSTITUTE).text

    for what in ("Bo Li", "Ana Ribera", "/es/meetings/river/", "https://rios.example.org/", "/es/recordings/river/"):
        assert (what, what in page) == (what, True)
    assert "Instituto de los Ríos" in client.get("/es/meetings/river/").text


def test_what_it_held_for_members_is_for_members(institute, topics, client):
    name_organiser(meeting=topics.meetings["buses"], organization=institute, role=OrganiserRole.SPONSOR, by=None)

    assert "/es/meetings/buses/" not in client.get(INSTITUTE).text
    client.force_login(topics.member)
    assert "/es/meetings/buses/" in client.get(INSTITUTE).text


def test_organisations_are_found_by_sector_and_by_name_without_accents(institute, client):
    Organization.objects.create(slug="u", name="Universidad", sector="academia", type="80")

    def found(**asked):
        page = client.get("/es/organisations/", asked).text
        return [row.slug for row in Organization.objects.order_by("pk") if row.get_absolute_url() in page]

    assert (found(name="RIOS"), found(sector="academia"), found(sector="x")) == (["rios"], ["u"], ["rios", "u"])
    assert found(name="nada\x00%", type="<b>") == []


def test_an_editor_writes_what_her_institution_says_and_nobody_else_does(institute, topics, client):
    desk = "/es/institutions/rios/desk/"
    told = {"website": "rios.example.org/nuevo", "summary_es": "Cuidamos ríos.", "summary_pt": "Cuidamos de rios."}
    client.force_login(topics.member)
    assert client.post(desk, told).status_code == 404
    entrust(user=topics.member, organization=institute, by=None)
    assert client.post(desk, told | {"website": "javascript:alert(1)"}).status_code == 200
    client.post(desk, told)

    institute.refresh_from_db()
    assert (institute.summary, institute.website) == ("Cuidamos ríos.", "https://rios.example.org/nuevo")
    assert "Cuidamos de rios." in client.get("/pt/organisations/rios/").text
    assert "Cuidamos ríos." in client.get("/fr/organisations/rios/").text


def test_the_same_organiser_named_twice_is_one(institute, topics):
    name_organiser(meeting=topics.meetings["river"], organization=institute, by=None)

    assert topics.meetings["river"].organisers.count() == 1

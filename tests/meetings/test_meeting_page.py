"""A meeting's own page: one statement reads what most have, what was typeset is used again while every word is the same, and
nobody sees a word from before an edit."""

import pytest
from django.contrib.auth.models import AnonymousUser

from plaza.core import kept_reads
from plaza.core.kept_pages import pages
from plaza.core.models import Origin
from plaza.core.translations import translate
from plaza.directory.models import City, Organization, Person
from plaza.ingest.choices import Decision
from plaza.ingest.models import Proposal, ReadPage
from plaza.knowledge.choices import Visibility
from plaza.knowledge.models import Work
from plaza.live.models import Room as OnlineRoom
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.meeting_statement import read
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.models import Appearance, Meeting, Organiser, Room, Series, Session
from plaza.topics.models import Topic
from plaza.ui.templatetags.frame import typeset

# In transactions that end: a page made within one is never kept.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(network):
    """A meeting with one session, somebody on stage, and nothing that only few have."""
    meeting = add_meeting(title="Calles con sombra", slug="talk", language="es", kind=MeetingKind.WEBINAR, by=None)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.DOCUMENTED)
    meeting.places.add(network.cities["Riberas"])
    Appearance.objects.create(session=meeting.sessions.get(), person=network.people["Ana Ribera"], position=1)
    return meeting


def test_made_anew_it_asks_for_the_version_and_one_statement(client, talk, django_assert_num_queries):
    client.get("/es/meetings/talk/?first")
    with django_assert_num_queries(2):
        assert "Calles con sombra" in client.get("/es/meetings/talk/?second").text
    assert len(typeset) == 1


def _translated(talk):
    translate(subject=talk, field="title", language="pt", text="Ruas com sombra", origin=Origin.HUMAN, by=None)


def _in_a_series(talk):
    Meeting.objects.filter(pk=talk.pk).update(
        series=Series.objects.create(slug="s", title="Serie de calles", language="es"), number=7
    )


def _told_by_a_page(talk):
    page = ReadPage.objects.create(name="Archivo viejo", language="es", text="Calles con sombra", sha256="1")
    lines = {"first_line": 1, "last_line": 1}
    Proposal.objects.create(
        page=page, meeting=talk, number=1, told={}, face="1", confidence=1, decision=Decision.ACCEPTED, **lines
    )


def _with_a_work(talk):
    talk.sessions.get().works.add(Work.objects.filter(slug="river").get())


def _with_a_part(talk):
    Meeting.objects.filter(slug="river").update(parent=talk)


def _inside_another(talk):
    Meeting.objects.filter(pk=talk.pk).update(parent=Meeting.objects.get(slug="river"))


def _in_a_room(talk):
    talk.sessions.update(room=Room.objects.create(meeting=talk, name="Sala del Puente", language="es"))


EDITS = {
    "its title": (
        lambda talk: Meeting.objects.filter(pk=talk.pk).update(title="Plazas con sombra"),
        "Plazas con sombra",
    ),
    "a translation": (_translated, "Ruas com sombra"),
    "its summary": (lambda talk: Meeting.objects.filter(pk=talk.pk).update(summary="Se plantó."), "Se plantó."),
    "its state": (lambda talk: Meeting.objects.filter(pk=talk.pk).update(status=MeetingStatus.CANCELLED), "said-by-us"),
    "its series": (_in_a_series, "Serie de calles"),
    "a topic": (
        lambda talk: talk.topics.add(Topic.objects.create(code="a/b", names={"es": "Sombra rara"}, position=9)),
        "Sombra rara",
    ),
    "a city's name": (lambda talk: City.objects.filter(slug="riberas").update(names={"es": "Orillas"}), "Orillas"),
    "what it was about": (lambda talk: talk.about.add(City.objects.exclude(slug="riberas").first()), "Cidades de que"),
    "a session's title": (lambda talk: Session.objects.filter(meeting=talk).update(title="Árboles"), "Árboles"),
    "a session more": (
        lambda talk: Session.objects.create(meeting=talk, number=2, language="es", title="Ruido"),
        "Ruido",
    ),
    "who is on stage": (lambda talk: Person.objects.filter(slug="ana-ribera").update(name="Ana Orilla"), "Ana Orilla"),
    "where she is from": (lambda talk: Appearance.objects.update(affiliation="Alcaldía"), "Alcaldía"),
    "a room of the house": (_in_a_room, "Sala del Puente"),
    "who held it": (
        lambda talk: Organiser.objects.create(
            meeting=talk, organization=Organization.objects.create(slug="o", name="Liga de árboles", name_sort="liga")
        ),
        "Liga de árboles",
    ),
    "a part": (_with_a_part, "/pt/meetings/river/"),
    "what it is a part of": (_inside_another, "/pt/meetings/river/"),
    "what it left behind": (_with_a_work, "/pt/recordings/river/"),
    "a page that told of it": (_told_by_a_page, "Archivo viejo"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_it_is_what_one_made_from_nothing_is(client, talk, edit):
    path = "/pt/meetings/talk/"
    change, word = EDITS[edit]
    assert word not in client.get(path).text
    change(talk)
    after = client.get(path).text
    for kept in (pages, typeset):
        kept.clear()
    kept_reads.forget()
    assert word in after
    assert client.get(path).text == after


def test_an_open_room_has_its_door_at_once(client, talk):
    Meeting.objects.filter(pk=talk.pk).update(status=MeetingStatus.ANNOUNCED)
    before = client.get("/es/meetings/talk/").text
    OnlineRoom.objects.create(meeting=talk, opened_at="2026-11-01T10:00Z")
    assert ("/talk/live/" in before, "/talk/live/" in client.get("/es/meetings/talk/").text) == (False, True)


@pytest.mark.parametrize(
    ("status", "visibility", "who"),
    [
        (MeetingStatus.DOCUMENTED, Visibility.PUBLIC, (True, True, True)),
        (MeetingStatus.DOCUMENTED, Visibility.MEMBERS, (False, True, True)),
        (MeetingStatus.DOCUMENTED, Visibility.PRIVATE, (False, False, True)),
        (MeetingStatus.DRAFT, Visibility.PUBLIC, (False, False, True)),
    ],
)
def test_the_statement_has_the_one_gate_of_meetings_in_it(network, talk, status, visibility, who):
    Meeting.objects.filter(pk=talk.pk).update(status=status, visibility=visibility)
    askers = (AnonymousUser(), network.member, network.secretary)
    assert tuple(read("talk", asker, "es", 12) is not None for asker in askers) == who


def test_signed_in_she_gets_her_own_page_and_nothing_typeset_for_visitors(client, network, talk):
    client.get("/es/meetings/talk/")
    client.force_login(network.secretary)
    assert "/es/workspace/" in client.get("/es/meetings/talk/").text
    client.logout()
    assert "/es/workspace/" not in client.get("/es/meetings/talk/?again").text

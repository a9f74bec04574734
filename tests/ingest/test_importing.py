"""From an old page to meetings that a person confirmed."""

import datetime as dt

import pytest
from django.db.models import ProtectedError

from plaza.attendance.domain.receiving import receive_report
from plaza.certificates.models import Certificate
from plaza.core import history
from plaza.core.provenance import sources_of
from plaza.directory.models import Person
from plaza.formats.page import NotAPage
from plaza.ingest.choices import Decision
from plaza.ingest.domain import making
from plaza.ingest.domain.corrected import Corrected
from plaza.ingest.domain.decisions import accept, accept_above, reject, undo
from plaza.ingest.domain.pages import receive_page
from plaza.ingest.models import Proposal, ReadPage
from plaza.meetings.models import Meeting
from plaza.search.domain.finding import find
from plaza.search.domain.indexing import index_meeting
from plaza.topics.domain.vocabulary import load_topics
from tests.attendance.conftest import ANA, report_of
from tests.certificates.conftest import with_place
from tests.ingest.old_page import PAGE, received


def told(page):
    return [(row.title, row.told["kind"], row.decision) for row in page.proposals.all()]


@pytest.fixture
def page(network):
    return received(PAGE, network.secretary)


def test_a_page_is_kept_with_what_it_proposes(page):
    assert told(page) == [
        ("Mercados que vuelven a abrir", "workshop", Decision.WAITING),
        ("Agua de lluvia en los techos", "webinar", Decision.WAITING),
        ("Catastro sencillo", "course", Decision.WAITING),
    ]
    assert (page.text, page.name) == (PAGE, "Red de Prueba")


def test_nothing_is_a_meeting_before_somebody_says_so(network):
    before = Meeting.objects.count()

    receive_page(data=PAGE.encode(), by=network.secretary)

    assert Meeting.objects.count() == before


def test_what_is_accepted_becomes_a_meeting_with_its_people(page, network):
    row = page.proposals.get(number=1)

    meeting = accept(proposal=row, by=network.secretary)

    assert (meeting.title, meeting.kind, str(meeting.date.start), meeting.status) == (
        "Mercados que vuelven a abrir", "workshop", "2021-03-12", "archived",
    )  # fmt: skip
    on_stage = meeting.sessions.get().appearances.all()
    assert [(each.person.name, each.affiliation) for each in on_stage] == [
        ("Ana Ribera", "alcaldesa de Riberas, Ecuador"),
        ("Nadie Conocido", "director de mercados"),
    ]
    assert on_stage[0].person == network.people["Ana Ribera"]


def test_what_is_accepted_is_filed_under_its_topics(page, network, client):
    load_topics()
    row = page.proposals.get(number=1)
    row.told["topics"] = [*row.told["topics"], "no/such-topic"]
    row.save(update_fields=["told"])

    meeting = accept(proposal=row, by=network.secretary)

    assert {topic.code for topic in meeting.topics.all()} == {"economy/food-markets", "safety/reopening"}
    assert "topic=economy/food-markets" in client.get(meeting.get_absolute_url()).text


def test_a_correction_is_what_stands(page, network):
    meeting = accept(
        proposal=page.proposals.get(number=2),
        by=network.secretary,
        corrected=Corrected(title="Techos", kind="talk", day=dt.date(2020, 4, 7)),
    )

    assert (meeting.title, meeting.kind, str(meeting.date.start)) == ("Techos", "talk", "2020-04-07")


def test_accepting_twice_makes_one_meeting(page, network):
    row = page.proposals.get(number=1)

    first, second = accept(proposal=row, by=network.secretary), accept(proposal=row, by=network.secretary)

    assert first == second
    assert Meeting.objects.filter(title="Mercados que vuelven a abrir").count() == 1


def test_the_same_page_again_is_the_same_page(page, network):
    accept_above(page=page, confidence=0.0, by=network.secretary)
    meetings, people = Meeting.objects.count(), Person.objects.count()

    again = receive_page(data=PAGE.encode(), by=network.secretary)
    accept_above(page=again, confidence=0.0, by=network.secretary)

    assert again == page
    assert (Meeting.objects.count(), Person.objects.count(), ReadPage.objects.count()) == (meetings, people, 1)


def test_an_edited_page_shows_only_what_changed(page, network):
    accept(proposal=page.proposals.get(number=1), by=network.secretary)
    reject(proposal=page.proposals.get(number=3), by=network.secretary)

    edited = receive_page(data=PAGE.replace("Lo contó", "Nos lo contó").encode(), by=network.secretary)

    assert [row.title for row in edited.proposals.waiting()] == ["Agua de lluvia en los techos"]
    assert edited.proposals.get(number=1).meeting == page.proposals.get(number=1).meeting


def test_two_pages_that_tell_of_one_meeting_make_one(page, network):
    other = receive_page(
        data="Taller\n\nMercados que vuelven a abrir\nTaller en línea, 12 de marzo de 2021\nHablamos de puestos.".encode(),
        by=network.secretary,
    )
    first = accept(proposal=page.proposals.get(number=1), by=network.secretary)

    second = accept(proposal=other.proposals.get(), by=network.secretary)

    assert first == second
    assert [source.name for source in sources_of(first)] == [page.name, other.name]


def test_a_decision_can_be_taken_back_and_leaves_nothing(page, network):
    row = page.proposals.get(number=1)
    accept(proposal=row, by=network.secretary)

    undo(proposal=row, by=network.secretary)

    assert not Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()
    assert page.proposals.get(number=1).decision == Decision.WAITING


@pytest.mark.parametrize("added", ["a certificate", "a registration", "a report"])
def test_taking_back_leaves_a_meeting_that_people_registered_for_or_came_to(page, network, added):
    row = page.proposals.get(number=1)
    meeting = accept(proposal=row, by=network.secretary)
    if added == "a certificate":
        Certificate.objects.create(
            meeting=meeting, code="0" * 12, token_hash="x", name="Inês Souza", title="T", title_language="es",
            language="es", kind=meeting.kind, issuer="Red",
        )  # fmt: skip
    elif added == "a registration":
        with_place(meeting, "Inês Souza", "ines@example.org")
    else:
        receive_report(meeting=meeting, data=report_of(ANA), name="r.csv", by=network.secretary)

    undo(proposal=row, by=network.secretary)

    assert Meeting.objects.filter(pk=meeting.pk).exists()
    assert page.proposals.get(number=1).decision == Decision.WAITING


def test_a_meeting_with_a_certificate_cannot_be_deleted(page, network):
    meeting = accept(proposal=page.proposals.get(number=1), by=network.secretary)
    Certificate.objects.create(
        meeting=meeting, code="0" * 12, token_hash="x", name="Inês Souza", title="T", title_language="es",
        language="es", kind=meeting.kind, issuer="Red",
    )  # fmt: skip

    with pytest.raises(ProtectedError):
        meeting.delete()


def test_taking_back_leaves_a_meeting_that_was_there_before(page, network):
    row = page.proposals.get(number=1)
    first = accept(proposal=row, by=network.secretary)
    Proposal.objects.filter(pk=row.pk).update(decision=Decision.WAITING, meeting=None, made_it=False)

    assert accept(proposal=row, by=network.secretary) == first
    undo(proposal=row, by=network.secretary)

    assert Meeting.objects.filter(pk=first.pk).exists()


def test_what_was_accepted_is_not_rejected_by_the_way(page, network):
    row = page.proposals.get(number=1)
    accept(proposal=row, by=network.secretary)

    reject(proposal=row, by=network.secretary)

    assert page.proposals.get(number=1).decision == Decision.ACCEPTED


def test_a_meeting_says_which_lines_told_of_it(page, network, client):
    meeting = accept(proposal=page.proposals.get(number=1), by=network.secretary)

    (source,) = sources_of(meeting)
    assert (source.name, source.first, source.last) == ("Red de Prueba", 4, 8)
    assert "líneas 4 a 8" in client.get(f"/es/meetings/{meeting.slug}/").text
    assert [entry.details["lines"] for entry in history.of(meeting) if entry.verb == "accepted"] == [[4, 8]]


def test_a_meeting_of_the_archive_is_found(page, network):
    meeting = accept(proposal=page.proposals.get(number=1), by=network.secretary)
    index_meeting(meeting.pk)

    found = find("mercados que reabren", language="es", user=network.member)

    assert meeting in [each.owner for each in found]


def test_what_is_no_page_keeps_nothing(network):
    with pytest.raises(NotAPage):
        receive_page(data=b"\x00\x01\x02" * 999, by=network.secretary)

    assert not ReadPage.objects.exists()


def test_who_is_stopped_in_the_middle_goes_on_and_doubles_nothing(page, network, monkeypatch):
    real, calls = making.put_on_stage, []

    def stopped(**words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**words)

    monkeypatch.setattr(making, "put_on_stage", stopped)
    with pytest.raises(KeyboardInterrupt):
        accept_above(page=page, confidence=0.0, by=network.secretary)
    assert [row.decision for row in page.proposals.all()] == [Decision.WAITING] * 3
    assert not Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()

    monkeypatch.setattr(making, "put_on_stage", real)
    accept_above(page=page, confidence=0.0, by=network.secretary)
    accept_above(page=page, confidence=0.0, by=network.secretary)

    titles = ["Mercados que vuelven a abrir", "Agua de lluvia en los techos", "Catastro sencillo"]
    assert [Meeting.objects.filter(title=title).count() for title in titles] == [1, 1, 1]
    assert Person.objects.filter(name="Nadie Conocido").count() == 1

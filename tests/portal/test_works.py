"""The page of a work, and where else a work stands."""

import pytest

from plaza.knowledge.choices import Visibility, WorkKind
from plaza.knowledge.domain.materials import attach_address, mark_lost, name_work
from plaza.meetings.domain.programme import keep_work


def test_the_page_of_a_work_says_what_is_known(network, client, meeting, notes):
    path = f"/en/works/{notes.work.slug}/"

    named = client.get(path).text
    attach_address(material=notes, url="https://found.example/notas.pdf", by=None)
    linked = client.get(path).text
    mark_lost(material=notes, why="Internal reason.", by=None)
    lost = client.get(path).text

    assert "its address has not been found yet" in named
    assert f'href="/en/meetings/{meeting.slug}/"' in named
    assert 'href="https://found.example/notas.pdf"' in linked
    assert "it is lost" in lost
    assert 'href="https://found.example' not in lost
    assert "Internal reason." not in lost


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PRIVATE])
def test_a_work_that_is_not_for_a_visitor_is_not_there(network, client, visibility):
    work = name_work(kind=WorkKind.NOTES, title="Secret", language="en", visibility=visibility, by=None)

    assert client.get(f"/en/works/{work.slug}/").status_code == 404


def test_a_meeting_that_is_not_for_a_visitor_is_not_named_on_the_page_of_its_work(network, client):
    work = name_work(kind=WorkKind.NOTES, title="Notes", language="en", by=None)
    keep_work(session=network.meetings["buses"].sessions.get(), work=work, by=None)

    assert "Ônibus" not in client.get(f"/en/works/{work.slug}/").text
    client.force_login(network.member)
    assert "Ônibus" in client.get(f"/en/works/{work.slug}/").text


def test_the_page_of_a_person_leads_to_what_can_be_had_only(network, client, meeting, notes):
    def offered():
        text = client.get("/es/people/ana-ribera/").text
        return [
            kind for kind in ("grabación", "notas") if f"/es/works/{kind[:5]}" in text.replace("grabacion", "grabación")
        ]

    before = offered()
    attach_address(material=notes, url="https://found.example/notas.pdf", by=None)

    assert (before, offered()) == ([], ["notas"])


def test_the_page_of_a_recording_is_its_own(network, client):
    assert client.get("/en/works/river/")["Location"] == "/en/recordings/river/"


def test_the_page_of_a_work_costs_few_queries(network, client, meeting, notes, django_assert_max_num_queries):
    client.get(f"/es/works/{notes.work.slug}/")

    with django_assert_max_num_queries(10):
        client.get(f"/es/works/{notes.work.slug}/")


def test_a_meeting_with_many_works_costs_no_more(network, client, meeting, django_assert_max_num_queries):
    path = f"/es/meetings/{meeting.slug}/"
    client.get(path)
    with django_assert_max_num_queries(12) as few:
        client.get(path)
    for n in range(20):
        work = name_work(kind=WorkKind.NOTES, title=f"Notas {n}", language="es", url=f"https://a.example/{n}", by=None)
        keep_work(session=meeting.sessions.get(), work=work, by=None)

    with django_assert_max_num_queries(12) as many:
        client.get(path)

    assert len(many) == len(few)

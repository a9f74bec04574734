"""What a page hands over with its meetings becomes works: once each, and no more than it says."""

import pytest

from plaza.core import history
from plaza.core.provenance import sources_of
from plaza.ingest.domain.decisions import accept, accept_above, undo
from plaza.ingest.domain.pages import receive_page
from plaza.ingest.models import NamedWork
from plaza.knowledge.choices import MaterialState
from plaza.knowledge.domain.materials import attach_address, mark_lost
from plaza.knowledge.models import Material, Work
from plaza.meetings.models import Meeting
from tests.ingest.old_page import PAGE, received

LINKED = """<h2>Mercados que vuelven a abrir</h2>
<p>Taller en Quito, 12 de marzo de 2021</p>
<p><a href="https://videos.example/mercados">Grabación</a> | <a href="https://red.example/notas.pdf">Notas</a> |
<a href="javascript:alert(1)">Presentación</a> | <a href="ftp://old.example/informe.pdf">Informe</a></p>
<h2>Agua de lluvia en los techos</h2>
<p>Webinar, 7 de abril de 2020: ¿puede un techo dar agua a una manzana?</p>
<p><a href="https://videos.example/techos">Video</a></p>
"""


@pytest.fixture
def page(network):
    return received(PAGE, network.secretary)


@pytest.fixture
def linked(network):
    return receive_page(data=LINKED.encode(), name="old.html", by=network.secretary)


def works(meeting):
    found = Work.objects.filter(sessions__meeting=meeting).order_by("pk")
    return [(work.kind, work.title, work.material.state, work.material.url) for work in found]


def first(page, network):
    return accept(proposal=page.proposals.get(number=1), by=network.secretary)


def counted():
    return (Work.objects.count(), Material.objects.count(), NamedWork.objects.count())


def test_what_a_page_names_without_an_address_waits_for_one(page, network):
    meeting = first(page, network)

    assert works(meeting) == [
        ("recording", "Grabación: Mercados que vuelven a abrir", "named", ""),
        ("notes", "Notas: Mercados que vuelven a abrir", "named", ""),
    ]
    for work in Work.objects.filter(sessions__meeting=meeting):
        assert (work.visibility, work.is_published, work.language, work.date) == ("public", True, "es", meeting.date)


def test_what_a_page_links_to_keeps_its_address_where_it_is_one_of_the_web(linked, network):
    meeting = first(linked, network)

    assert works(meeting) == [
        ("recording", "Grabación: Mercados que vuelven a abrir", "linked", "https://videos.example/mercados"),
        ("notes", "Notas: Mercados que vuelven a abrir", "linked", "https://red.example/notas.pdf"),
        ("presentation", "Presentación: Mercados que vuelven a abrir", "named", ""),
        ("report", "Informe: Mercados que vuelven a abrir", "named", ""),
    ]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/notas.pdf", "https://a.example/" + "a" * 3000],
)
def test_an_address_that_no_reader_may_be_sent_to_is_left_behind(page, network, url):
    row = page.proposals.get(number=1)
    row.told["materials"][0]["url"] = url
    row.save(update_fields=["told"])

    assert works(first(page, network))[0][2:] == ("named", "")


def test_a_video_is_a_recording(linked, network):
    meeting = accept(proposal=linked.proposals.get(number=2), by=network.secretary)

    assert [(kind, url) for kind, _, _, url in works(meeting)] == [("recording", "https://videos.example/techos")]


def test_a_work_says_which_line_of_which_page_names_it(page, network):
    work = Work.objects.get(sessions__meeting=first(page, network), kind="notes")

    assert [(source.name, source.first, source.last) for source in sources_of(work)] == [("Red de Prueba", 8, 8)]


def test_a_material_of_the_page_is_nothing_to_be_published_to_search(page, network):
    from procrastinate.contrib.django.models import ProcrastinateJob

    first(page, network)

    assert not ProcrastinateJob.objects.filter(task_name__endswith="index_recording").exclude(
        args__recording_id__in=[each.pk for each in network.recordings.values()]
    )


def test_accepting_again_and_the_same_page_again_make_no_second_one(page, network):
    accept_above(page=page, confidence=0.0, by=network.secretary)
    before = counted()

    for row in page.proposals.all():
        accept(proposal=row, by=network.secretary)
    accept_above(page=receive_page(data=PAGE.encode(), by=None), confidence=0.0, by=None)
    edited = receive_page(data=PAGE.replace("es una red", "es la red").encode(), by=None)
    accept_above(page=edited, confidence=0.0, by=None)

    assert counted() == before
    assert before[0] == 3 + 3  # those of the cast, and recording, notes, agenda


def test_another_page_that_names_the_same_finds_it_there_and_brings_its_address(page, linked, network):
    meeting = first(page, network)

    assert first(linked, network) == meeting

    assert works(meeting) == [
        ("recording", "Grabación: Mercados que vuelven a abrir", "linked", "https://videos.example/mercados"),
        ("notes", "Notas: Mercados que vuelven a abrir", "linked", "https://red.example/notas.pdf"),
        ("presentation", "Presentación: Mercados que vuelven a abrir", "named", ""),
        ("report", "Informe: Mercados que vuelven a abrir", "named", ""),
    ]


def test_two_of_a_kind_at_two_addresses_are_two_works(network):
    page = receive_page(
        data=LINKED.replace(
            '<a href="javascript:alert(1)">Presentación</a>', '<a href="https://videos.example/2">Grabación</a>'
        ).encode(),
        by=None,
    )

    titles = [title for kind, title, _, _ in works(first(page, network)) if kind == "recording"]

    assert titles == ["Grabación: Mercados que vuelven a abrir", "Grabación 2: Mercados que vuelven a abrir"]


def test_taking_back_leaves_nothing_that_nobody_touched(page, network):
    before = counted()
    first(page, network)

    undo(proposal=page.proposals.get(number=1), by=network.secretary)

    assert counted() == before
    assert not Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()


def attach(work, by):
    attach_address(material=work.material, url="https://found.example/", by=by)


def give_up(work, by):
    mark_lost(material=work.material, why="Burnt.", by=by)


@pytest.mark.parametrize("touch", [attach, give_up])
def test_what_somebody_worked_on_stays_with_its_meeting(page, network, touch):
    meeting = first(page, network)
    touch(Work.objects.get(sessions__meeting=meeting, kind="notes"), network.secretary)

    undo(proposal=page.proposals.get(number=1), by=network.secretary)

    assert [kind for kind, _, _, _ in works(meeting)] == ["notes"]
    assert accept(proposal=page.proposals.get(number=1), by=network.secretary) == meeting
    assert [kind for kind, _, _, _ in works(meeting)] == ["notes", "recording"]


def test_what_a_job_found_out_is_nobodys_touch(linked, network):
    meeting = first(linked, network)
    notes = Work.objects.get(sessions__meeting=meeting, kind="notes")
    Material.objects.filter(work=notes).update(failures=2, failing_since=notes.created_at)
    history.record(verb="address died", by=None, subject=notes)

    undo(proposal=linked.proposals.get(number=1), by=network.secretary)

    assert not Meeting.objects.filter(pk=meeting.pk).exists()


def test_a_work_that_two_pages_name_stays_for_the_other_and_goes_with_it(page, linked, network):
    before = counted()
    meeting = first(page, network)
    first(linked, network)

    undo(proposal=page.proposals.get(number=1), by=network.secretary)
    kinds = [kind for kind, _, _, _ in works(meeting)]
    undo(proposal=linked.proposals.get(number=1), by=network.secretary)

    assert kinds == ["recording", "notes", "presentation", "report"]
    # The second page brought two addresses: that was a person's deed, and its works stay.
    assert [kind for kind, *_ in works(meeting)] == ["recording", "notes"]
    assert counted()[0] == before[0] + 2


def test_recordings_that_were_there_before_are_not_taken_for_what_a_page_names(network):
    network.meetings["river"].title = "El río y las sirenas"
    page = receive_page(data="El río y las sirenas\nWebinar, 12 de marzo de 2026\nGrabación".encode(), by=None)

    meeting = accept(proposal=page.proposals.get(), by=network.secretary)

    assert meeting == network.meetings["river"]
    assert Work.objects.filter(sessions__meeting=meeting).count() == 2
    undo(proposal=page.proposals.get(), by=network.secretary)
    assert [work.slug for work in Work.objects.filter(sessions__meeting=meeting)] == ["river"]


def test_the_meeting_page_says_honestly_what_can_be_had(linked, network, client):
    meeting = first(linked, network)
    report = Material.objects.get(work__kind="report")
    mark_lost(material=report, why="Burnt.", by=network.secretary)

    text = client.get(f"/en/meetings/{meeting.slug}/").text

    assert 'href="https://videos.example/mercados"' in text
    assert text.count("known of, but lost") == 1
    assert text.count("known of, but not found yet") == 1
    assert "javascript:" not in text
    assert report.state == MaterialState.NAMED

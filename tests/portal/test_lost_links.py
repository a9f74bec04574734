"""The worklist of lost links: who sees it, what stands on it, what it costs, and the same as a table."""

import csv
import io

import pytest

from plaza.ingest.domain.decisions import accept_above
from plaza.ingest.domain.pages import receive_page
from plaza.knowledge.choices import WorkKind
from plaza.knowledge.domain.materials import mark_lost, name_work
from plaza.knowledge.models import Material
from plaza.meetings.domain.programme import keep_work
from tests.ingest.old_page import PAGE
from tests.portal.lost_links import LIST, SHEET, fresh, there, titles


@pytest.mark.parametrize("path", [LIST, SHEET, "{}"])
def test_a_visitor_signs_in_and_a_member_finds_nothing(network, client, notes, path):
    path = path.format(there(notes)[0])

    assert client.get(path).status_code == 302
    client.force_login(network.member)
    assert client.get(path).status_code == 404
    assert client.post(*there(notes, "lose", why="x")).status_code == 404
    assert fresh(notes).state == "named"


def test_what_a_page_named_stands_under_its_meeting_with_its_line(meeting, notes, secretary):
    text = secretary.get(LIST).text

    assert f'<a href="/es/meetings/{meeting.slug}/">Mercados que vuelven a abrir</a>' in text
    assert (
        text.index("Mercados que vuelven a abrir</a>") < text.index("Grabación: Mercados") < text.index("Notas: Merc")
    )
    assert '<span lang="es">Red de Prueba</span>, línea 8' in text
    assert "2 materiales" in text


def test_the_list_is_narrowed_down_by_state_and_kind(network, meeting, notes, secretary):
    mark_lost(material=notes, why="Burnt.", by=None)
    linked = name_work(kind=WorkKind.REPORT, title="Informe", language="es", url="https://a.example/", by=None).material
    Material.objects.filter(pk=linked.pk).update(moved_to="https://b.example/")

    shown = {
        query: titles(secretary.get(f"{LIST}?{query}"))
        for query in (
            "",
            "state=lost",
            "state=linked",
            "state=doubtful",
            "kind=notes",
            "state=lost&kind=notes",
            "state=x",
        )
    }

    assert shown == {
        "": ["Grabación"],
        "state=lost": ["Notas"],
        "state=linked": ["Informe"],
        "state=doubtful": ["Informe"],
        "kind=notes": [],
        "state=lost&kind=notes": ["Notas"],
        "state=x": ["Grabación"],
    }


def test_the_list_costs_the_same_queries_for_few_and_for_many(
    network, meeting, secretary, django_assert_max_num_queries
):
    secretary.get(LIST)
    with django_assert_max_num_queries(12) as few:
        secretary.get(LIST)
    for n in range(22):
        keep_work(
            session=network.meetings["river" if n % 2 else "buses"].sessions.get(),
            work=name_work(kind=WorkKind.NOTES, title=f"Notas {n}", language="es", by=None),
            by=None,
        )

    with django_assert_max_num_queries(12) as many:
        answer = secretary.get(LIST)

    assert (len(many), len(titles(answer))) == (len(few), 24)


def test_a_work_of_two_meetings_stands_once(network, notes, secretary):
    for name in ("river", "buses"):
        keep_work(session=network.meetings[name].sessions.get(), work=notes.work, by=None)

    assert sorted(titles(secretary.get(LIST))) == ["Grabación", "Notas"]


def test_a_long_list_is_paged(network, secretary):
    for n in range(60):
        name_work(kind=WorkKind.NOTES, title=f"Notas {n}", language="es", by=None)

    pages = [titles(secretary.get(f"{LIST}?page={page}")) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({title for page in pages for title in page}) == 60


def test_the_list_as_a_table_has_no_live_cells(network, secretary):
    work = name_work(
        kind=WorkKind.NOTES, title="=HYPERLINK(1)", language="es", url="https://a.example/?q=1", by=network.secretary
    )
    mark_lost(material=work.material, why="@nobody\r\n+1", by=None)

    answer = secretary.get(f"{SHEET}?state=lost")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [
        ["", "", "notas", "'=HYPERLINK(1)", "perdido", "'@nobody\r\n+1", "https://a.example/?q=1", "", "", ""]
    ]  # fmt: skip


def test_the_table_holds_all_that_the_list_does(network, secretary):
    page = receive_page(data=PAGE.encode(), by=network.secretary)
    accept_above(page=page, confidence=0.0, by=network.secretary)

    rows = list(csv.reader(io.StringIO(secretary.get(SHEET).content.decode("utf-8-sig"), newline="")))

    assert [(row[0], row[2], row[8], row[9]) for row in rows] == [
        ("Reunión", "Tipo", "Página antigua", "Línea"),
        ("Mercados que vuelven a abrir", "grabación", "Red de Prueba", "8"),
        ("Mercados que vuelven a abrir", "notas", "Red de Prueba", "8"),
        ("Catastro sencillo", "agenda", "Red de Prueba", "16"),
    ]

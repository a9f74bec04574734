"""The worklist of lost links: who sees it, what stands on it, and each deed with its bad input."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.ingest.domain.decisions import accept, accept_above
from plaza.ingest.domain.pages import receive_page
from plaza.knowledge.choices import Visibility, WorkKind
from plaza.knowledge.domain.copies import keep_file
from plaza.knowledge.domain.materials import attach_address, mark_lost, name_work
from plaza.knowledge.models import Material, Work
from plaza.meetings.domain.programme import keep_work
from plaza.portal import forms_materials
from tests.ingest.test_importing import PAGE
from tests.knowledge.test_materials import HTML, PDF

LIST = "/es/workspace/lost-links/"
SHEET = "/es/workspace/lost-links.csv"


@pytest.fixture
def meeting(network):
    page = receive_page(data=PAGE.encode(), by=network.secretary)
    return accept(proposal=page.proposals.get(number=1), by=network.secretary)


@pytest.fixture
def notes(meeting):
    return Material.objects.get(work__sessions__meeting=meeting, work__kind="notes")


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def there(material, deed=None, /, query="", **given):
    return f"{LIST}{material.work.slug}/{query}", {"deed": deed, **given}


def fresh(material):
    return Material.objects.get(pk=material.pk)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


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


def titles(answer):
    return [item.material.work.title.split(":")[0] for heap in answer.context["heaps"] for item in heap.items]


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


def test_an_address_is_attached_and_the_answer_told(notes, secretary, elsewhere, network):
    path, data = there(notes, "attach", url=elsewhere.says("/notas.pdf"), query="?state=named&kind=notes&evil=1")

    answer = secretary.post(path, data, follow=True)

    assert answer.redirect_chain == [(f"{LIST}?state=named&kind=notes", 302)]
    assert told(answer) == ["Se anotó el enlace de «Notas: Mercados que vuelven a abrir». Está ahí."]
    assert (fresh(notes).state, fresh(notes).answer, history.of(notes.work).last().by) == (
        "linked", "there", network.secretary,
    )  # fmt: skip


@pytest.mark.parametrize(("path", "answer"), [("/nothing", "not-there"), ("/never-ends", "silent")])
def test_a_dead_or_slow_server_does_not_lose_what_was_typed(notes, secretary, elsewhere, monkeypatch, path, answer):
    monkeypatch.setattr(forms_materials, "SECONDS", 0.3)

    secretary.post(*there(notes, "attach", url=elsewhere.url(path)))

    assert (fresh(notes).url, fresh(notes).state, fresh(notes).answer) == (elsewhere.url(path), "linked", answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://127.0.0.1/notas.pdf", "red privada"),
        ("http://169.254.169.254/latest/", "red privada"),
        ("http://[::1]/", "red privada"),
        ("javascript:alert(1)", "http://"),
        ("data:text/html,<script>alert(1)</script>", "http://"),
        ("ftp://example.org/a", "http://"),
        ("no es un enlace", "http://"),
        ("https://example.org/" + "a" * 3000, "demasiado largo"),
        ("", "obligatorio"),
    ],
)
def test_an_address_that_may_not_be_comes_back_with_the_reason(notes, secretary, typed, said):
    answer = secretary.post(*there(notes, "attach", url=typed))

    assert answer.status_code == 422
    assert said in answer.text
    assert answer.context["address"].data["url"] == typed
    assert "<script>alert(1)" not in answer.text
    assert fresh(notes).state == "named"


def test_an_address_that_redirects_inside_is_refused_and_reaches_nobody(notes, secretary, elsewhere):
    typed = elsewhere.says("/open", 302, Location="http://10.0.0.1/secret")

    answer = secretary.post(*there(notes, "attach", url=typed))

    assert (answer.status_code, "red privada" in answer.text, typed in answer.text) == (422, True, True)
    assert fresh(notes).url == ""


def test_an_address_without_its_beginning_is_completed(notes, secretary, monkeypatch):
    asked = []
    monkeypatch.setattr("plaza.knowledge.domain.addresses.egress.look", lambda url, **more: asked.append(url) or 1 / 0)

    with pytest.raises(ZeroDivisionError):
        secretary.post(*there(notes, "attach", url="example.org:8080/notas.pdf"))

    assert asked == ["https://example.org:8080/notas.pdf"]


def test_what_moved_for_good_is_followed_when_a_person_says_so(notes, secretary, elsewhere):
    new = elsewhere.says("/new")
    old = elsewhere.says("/old", 301, Location="/new")
    attach_address(material=notes, url=old, by=None)
    secretary.post(*there(notes, "look"))
    assert (fresh(notes).url, fresh(notes).moved_to) == (old, new)

    secretary.post(*there(notes, "follow"))

    assert (fresh(notes).url, fresh(notes).moved_to, fresh(notes).answer) == (new, "", "there")


def test_what_nobody_has_any_more_is_marked_and_searched_for_again(notes, secretary, client, meeting):
    refused = secretary.post(*there(notes, "lose", why="  "))
    secretary.post(*there(notes, "lose", why="No está en el disco de 2021."))

    assert refused.status_code == 422
    assert (fresh(notes).state, fresh(notes).why_lost) == ("lost", "No está en el disco de 2021.")
    assert "se sabe que existió, pero se perdió" in secretary.get(f"/es/meetings/{meeting.slug}/").text

    secretary.post(*there(notes, "search"))
    secretary.post(*there(notes, "search"))

    assert fresh(notes).state == "named"
    assert [entry.verb for entry in history.of(notes.work)] == ["named", "marked as lost", "searched again"]


@pytest.mark.parametrize("deed", ["", "drop table", "publish"])
def test_a_deed_that_there_is_not_does_nothing(notes, secretary, deed):
    assert secretary.post(*there(notes, deed)).status_code == 302
    assert fresh(notes).state == "named"


def pdf(content=PDF, name="notas.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_where_the_network_holds_the_rights(notes, secretary, client):
    refused = secretary.post(*there(notes, "keep", file=pdf(), rights="© Riberas"))
    assert (refused.status_code, fresh(notes).state) == (422, "named")
    assert "© Riberas" in refused.text

    secretary.post(*there(notes, "keep", file=pdf(), rights="© Riberas", holds_rights="on"))

    client.logout()
    page = client.get(f"/es/works/{notes.work.slug}/").text
    assert (fresh(notes).state, "© Riberas" in page, "Descargar la copia" in page) == ("kept", True, True)


@pytest.mark.parametrize(
    ("content", "said"), [(HTML, "Esto es una página web"), (b"MZ\x90\0", "de otro tipo"), (b"", "vacío")]
)
def test_a_file_called_pdf_that_is_something_else_is_refused(notes, secretary, content, said):
    answer = secretary.post(*there(notes, "keep", file=pdf(content), holds_rights="on"))

    assert (answer.status_code, said in answer.text, fresh(notes).state) == (422, True, "named")


def test_a_copy_is_asked_for_once_with_its_reason(notes, secretary, elsewhere):
    attach_address(material=notes, url=elsewhere.says("/notas.pdf", 200, PDF), by=None)
    assert secretary.post(*there(notes, "copy")).status_code == 422

    for _ in range(2):
        secretary.post(*there(notes, "copy", **{"copy-holds_rights": "on"}))

    jobs = ProcrastinateJob.objects.filter(task_name="plaza.knowledge.tasks.fetch_copy")
    assert [job.args for job in jobs] == [{"material_id": notes.pk, "because": "network"}]
    assert "Se está trayendo una copia" in secretary.get(there(notes)[0]).text


def test_a_copy_can_be_taken_away_with_a_reason(notes, secretary):
    keep_file(material=notes, file=pdf(), by=None, holds_rights=True)

    assert secretary.post(*there(notes, "drop", why="")).status_code == 422
    secretary.post(*there(notes, "drop", why="Lo pidió la autora."))

    assert fresh(notes).state == "named"
    assert "Lo pidió la autora." in secretary.get(there(notes)[0]).text


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


def test_an_address_of_a_recording_that_is_no_address_of_the_web_is_refused(network, secretary):
    answer = secretary.post(
        "/es/workspace/recordings/new/",
        {
            "title": "Agua", "language": "es", "visibility": "public", "media_url": "ftp://old.example/a",
            "captions": SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:03.000\nUna sola frase de prueba.\n"),
        },
    )  # fmt: skip

    assert "http://" in answer.text
    assert not Work.objects.filter(title="Agua").exists()

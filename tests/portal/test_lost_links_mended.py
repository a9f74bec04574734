"""What is done to a lost link, each deed with its bad input."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.knowledge.domain.copies import keep_file
from plaza.knowledge.domain.materials import attach_address
from plaza.knowledge.models import Work
from plaza.portal import forms_materials
from tests.knowledge.materials import HTML, PDF
from tests.portal.lost_links import LIST, fresh, pdf, there, told


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

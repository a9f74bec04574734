"""The pages by which somebody looks through what was found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plaza.ingest.domain.pages import receive_page
from plaza.ingest.models import ReadPage
from plaza.meetings.models import Meeting
from tests.ingest.old_page import PAGE, received


@pytest.fixture
def page(network):
    return received(PAGE, network.secretary)


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


@pytest.mark.parametrize("path", ["/es/workspace/pages/", "/es/workspace/pages/{}/"])
def test_a_visitor_signs_in_and_a_member_finds_nothing(network, client, page, path):
    path = path.format(page.pk)

    assert client.get(path).status_code == 302
    client.force_login(network.member)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["{}/1/", "{}/sure/"])
def test_nobody_else_decides(network, client, page, path):
    client.force_login(network.member)

    assert client.post(f"/es/workspace/pages/{path.format(page.pk)}", {"deed": "accept"}).status_code == 404
    assert not Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_page_that_is_pasted_is_read_and_looked_through(network, secretary, language):
    answer = secretary.post(f"/{language}/workspace/pages/", {"text": PAGE}, follow=True)

    assert f'<html lang="{language}">' in answer.text
    assert "<mark>Mercados que vuelven a abrir</mark>" in answer.text
    assert answer.text.count('id="proposal-') == 3


def test_a_file_is_read_too(network, secretary):
    secretary.post("/es/workspace/pages/", {"file": SimpleUploadedFile("vieja.txt", PAGE.encode())})

    assert ReadPage.objects.get().name == "vieja.txt"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Dé la página de una de las tres maneras"),
        ({"text": PAGE, "url": "https://example.org/"}, "Dé la página de una de las tres maneras"),
        ({"url": "http://127.0.0.1/x"}, "red privada"),
        ({"url": "ftp://example.org/"}, "http://"),
        ({"text": "... ---"}, "No se encontraron palabras"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(network, secretary, given, said):
    answer = secretary.post("/es/workspace/pages/", given)

    assert said in answer.text
    assert not ReadPage.objects.exists()
    if given.get("text"):
        assert given["text"].splitlines()[0] in answer.text


def test_accept_reject_and_take_back(network, secretary, page):
    there = f"/es/workspace/pages/{page.pk}/"
    corrected = {"deed": "accept", "p1-title": "Mercados", "p1-kind": "forum", "p1-day": ""}

    assert secretary.post(f"{there}1/", corrected)["Location"].endswith("#proposal-2")
    secretary.post(f"{there}2/", {"deed": "reject"})
    assert Meeting.objects.filter(title="Mercados", kind="forum").exists()
    assert [row.decision for row in page.proposals.all()] == ["accepted", "rejected", "waiting"]

    secretary.post(f"{there}1/", {"deed": "undo"})
    assert not Meeting.objects.filter(title="Mercados").exists()


def test_a_correction_that_cannot_be_comes_back_with_what_was_typed(network, secretary, page):
    answer = secretary.post(
        f"/es/workspace/pages/{page.pk}/1/", {"deed": "accept", "p1-title": "", "p1-kind": "party", "p1-day": "31/02"}
    )

    assert answer.status_code == 422
    assert 'value="31/02"' in answer.text
    assert page.proposals.get(number=1).decision == "waiting"


def test_all_that_is_sure_is_accepted_at_once(network, secretary, page):
    secretary.post(f"/es/workspace/pages/{page.pk}/sure/")

    assert {row.decision for row in page.proposals.filter(confidence__gte=0.8)} == {"accepted"}


def test_markup_in_a_page_stays_words(network, secretary):
    hostile = PAGE.replace("Mercados que", "<script>alert(1)</script> Mercados que")

    answer = secretary.post("/es/workspace/pages/", {"text": hostile}, follow=True)

    assert "<script>alert(1)" not in answer.text


def test_the_list_costs_the_same_for_few_proposals_and_for_many(network, secretary, django_assert_max_num_queries):
    few = receive_page(data=PAGE.encode(), by=network.secretary)
    many = receive_page(
        data="\n\n\n".join(
            f"Taller «Mercado {n}» - Quito, mayo de {2001 + n % 20}\n• Ana Ribera, alcaldesa\n• Luisa N{n}, maestra"
            for n in range(60)
        ).encode(),
        by=network.secretary,
    )
    counts = []
    for page in (few, many):
        secretary.get(f"/es/workspace/pages/{page.pk}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/pages/{page.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_workspace_leads_there(network, secretary):
    assert "/es/workspace/pages/" in secretary.get("/es/workspace/").text


def test_a_text_too_long_to_paste_is_answered_in_four_languages(network, secretary):
    answer = secretary.post("/pt/workspace/pages/", {"text": "Taller en Quito\n" * 200_000})

    assert answer.status_code == 400
    assert all(f'lang="{language}"' in answer.text for language in ("es", "pt", "en", "fr"))
    assert "envie-o como arquivo" in answer.text


def test_a_file_of_ten_megabytes_is_too_large_by_a_byte(network, secretary):
    file = SimpleUploadedFile("larga.txt", b"x" * (10 * 1024 * 1024 + 1))

    assert "10 MB" in secretary.post("/es/workspace/pages/", {"file": file}).text
    assert not ReadPage.objects.exists()

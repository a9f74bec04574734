import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plaza.ingest.domain.pages import receive_page
from plaza.knowledge.models import Recording, Work
from tests.network import MARKETS


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def test_a_visitor_is_asked_to_sign_in(network, client):
    response = client.get("/es/workspace/")

    assert (response.status_code, response["Location"]) == (302, "/es/sign-in/?next=/es/workspace/")


@pytest.mark.parametrize("page", ["/es/workspace/", "/es/workspace/recordings/new/"])
def test_a_member_finds_no_workspace(network, client, page):
    client.force_login(network.member)

    assert client.get(page).status_code == 404


def test_a_member_cannot_publish(network, client):
    client.force_login(network.member)

    response = client.post("/es/workspace/recordings/markets/publish/")

    assert response.status_code == 404
    assert not Work.objects.get(slug="markets").is_published


def test_the_secretary_publishes_with_one_click(network, secretary):
    response = secretary.post("/es/workspace/recordings/markets/publish/", follow=True)

    assert response.status_code == 200
    assert Work.objects.get(slug="markets").is_published


def test_reading_a_page_publishes_nothing(network, secretary):
    assert secretary.get("/es/workspace/recordings/markets/publish/").status_code == 405


def received(secretary, captions, **more):
    data = {"title": "Nueva charla", "language": "en", "visibility": "public", "date": "2026-05-02", **more}
    return secretary.post(
        "/es/workspace/recordings/new/",
        {**data, "captions": SimpleUploadedFile("charla.vtt", captions)},
        follow=True,
    )


def test_a_recording_comes_in_unseen_until_it_is_published(network, secretary, client):
    response = received(secretary, MARKETS)

    recording = Recording.objects.get(work__slug="nueva-charla")
    assert response.redirect_chain[-1][0] == "/es/recordings/nueva-charla/"
    assert (recording.state, recording.work.is_published) == ("transcribed", False)


@pytest.mark.parametrize(
    "captions", [b"", b"\x00\xff\x10\x80 noise" * 50, b"PK\x03\x04zip", b"<html><p>page</p>", b"Only words, no times."],
    ids=["empty", "noise", "zip", "page", "no times"],
)  # fmt: skip
def test_captions_that_are_none_get_a_sentence_and_nothing_is_kept(network, secretary, captions):
    response = received(secretary, captions)

    assert response.status_code == 200
    assert "errorlist" in response.text
    assert not Work.objects.filter(slug="nueva-charla").exists()


def test_sound_of_an_unknown_kind_is_refused(network, secretary):
    response = received(secretary, MARKETS, sound=SimpleUploadedFile("virus.exe", b"MZ"))

    assert "errorlist" in response.text
    assert not Work.objects.filter(slug="nueva-charla").exists()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(network, client):
    def answer(address):
        page = client.post("/es/sign-in/", {"login": address, "password": "wrong"}).text
        return page.replace(address, "…").split("csrfmiddlewaretoken")[0]

    assert answer("secretary@example.org") == answer("nobody@example.org")


def test_signing_in_opens_the_workspace(network, client):
    response = client.post("/es/sign-in/", {"login": "Secretary@example.org", "password": "correct horse"})

    assert (response.status_code, response["Location"]) == (302, "/es/workspace/")


def test_a_member_who_signs_in_comes_home(network, client):
    response = client.post("/es/sign-in/", {"login": "member@example.org", "password": "correct horse"})

    assert (response.status_code, response["Location"]) == (302, "/es/")


@pytest.mark.parametrize(
    ("language", "one", "none"),
    [
        ("es", "1 espera su decisión", "Aquí no hay nada pendiente."),
        ("pt", "1 espera a sua decisão", "Aqui não há nada pendente."),
        ("en", "1 waits for you", "Nothing waits here."),
        ("fr", "1 attend votre décision", "Rien n’attend ici."),
    ],
)
def test_the_workspace_tells_what_waits(network, client, language, one, none, django_assert_max_num_queries):
    client.force_login(network.secretary)
    before = client.get(f"/{language}/workspace/").text
    receive_page(data="Mercados\nTaller, 12 de marzo de 2021\nGrabación".encode(), by=network.secretary)

    with django_assert_max_num_queries(12):
        after = client.get(f"/{language}/workspace/").text

    assert (before.count(one), after.count(one)) == (0, 1)
    assert before.count(none) == after.count(none) + 1

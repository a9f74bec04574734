"""Every page a visitor may open: it answers, in four languages, with a bounded number of queries, and weighs little."""

import gzip

import pytest
from django.test import Client

from plaza.knowledge.choices import Visibility
from tests.network import RIVER, add_recording

PAGES = [
    "/",
    "/ask/",
    "/ask/?q=como+evacuar+cuando+crece+el+rio",
    "/ask/?q=receta+de+torta+de+chocolate",
    "/search/",
    "/search/?q=como+evacuar+cuando+crece+el+rio",
    "/search/?q=como+evacuar+cuando+crece+el+rio&language=es&year=2026",
    "/recordings/",
    "/recordings/?topic=climate/adaptation",
    "/recordings/river/",
    "/recordings/river/?t=5,10",
    "/meetings/",
    "/meetings/river/",
    "/meetings/river/programme/",
    "/meetings/river/sessions/1/",
    "/cities/",
    "/cities/?name=ribe",
    "/cities/?country=EC&size=200000-500000&activity=silent",
    "/cities/?country=XX&everywhere=on",
    "/cities/riberas/",
    "/people/",
    "/people/?name=ribera+ana",
    "/people/?place=riberas&country=EC",
    "/people/ana-ribera/",
    "/organisations/",
    "/organisations/?sector=academia",
    "/questions-kept/",
    "/sign-in/",
    "/sign-in/code/",
    "/join/",
    "/certificates/",
    "/corrections/",
    "/corrections/?about=/es/people/ana-ribera/",
    "/corrections/?about=/es/people/nobody/",
    "/help/",
    "/help/asking/",
    "/tour/",
    "/offline/",
]
LANGUAGES = ["es", "pt", "en", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_in_its_language(network, client, language, page):
    response = client.get(f"/{language}{page}")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text


def test_a_page_costs_the_same_few_queries_for_few_rows_and_for_many(network, client, django_assert_max_num_queries):
    def costs(page):
        # Before: what Django asks once a process, such as its content types, and what is read once after an indexing.
        client.get(f"/es{page}")
        with django_assert_max_num_queries(12, info=page) as made:
            client.get(f"/es{page}")
        return len(made)

    few = {page: costs(page) for page in PAGES}
    for n in range(8):
        add_recording(network, f"more-{n}", f"El río, parte {n}", "es", RIVER)

    assert {page: costs(page) for page in PAGES} == few


@pytest.mark.parametrize("page", PAGES)
def test_a_page_weighs_little(network, client, page):
    assert len(gzip.compress(client.get(f"/fr{page}").content)) < 12_000


@pytest.mark.parametrize("page", ["/", "/recordings/", "/meetings/", "/cities/", "/search/?q=agua", "/ask/?q=agua"])
def test_a_network_with_nothing_in_it_says_so_kindly(db, client, page):
    response = client.get(f"/es{page}")

    assert response.status_code == 200
    assert "<main" in response.text


@pytest.mark.parametrize("slug", ["markets", "buses"])
@pytest.mark.parametrize("page", ["/en/recordings/{}/", "/recordings/{}/media", "/recordings/{}/captions.vtt"])
def test_what_is_not_for_a_visitor_is_not_there(network, client, slug, page):
    assert client.get(page.format(slug)).status_code == 404


def test_a_recordings_page_marks_the_moment_and_names_who_speaks(network, client):
    page = client.get("/pt/recordings/river/?t=5,10").text

    assert "<mark>Cuando el río crece" in page
    assert 'id="t=5"' in page
    assert "<h3>Ana Ribera</h3>" in page


def test_a_recording_without_a_transcript_says_so(network, client):
    recording = network.recordings["river"]
    recording.transcripts.all().delete()

    assert client.get("/es/recordings/river/").status_code == 200


@pytest.mark.parametrize(
    "question", ["x" * 10_000, "🌊", "ﷺ" * 500, "agua\x00", "' OR 1=1 --", "de la que", "<script>alert(1)</script>"]
)
@pytest.mark.parametrize("page", ["search/", "ask/", "search.json", "ask.json"])
def test_any_question_gets_a_page(network, client, page, question):
    response = client.get(f"/es/{page}", {"q": question})

    assert response.status_code == 200
    if page.endswith("/"):
        assert "<script>alert" not in response.text
    else:
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/json", "nosniff")


def test_words_of_a_stranger_are_never_markup(network, client):
    bad = b"WEBVTT\n\n00:01.000 --> 00:03.000\n<v Eve&lt;b&gt;>&lt;img src=x onerror=alert(1)&gt; hola a todos\n"
    add_recording(network, "eve", "<script>alert(2)</script>", "es", bad)

    page = client.get("/es/recordings/eve/").text

    assert "<img src=x" not in page
    assert "<script>alert" not in page


def test_the_bare_address_goes_to_the_browsers_language(db, client):
    response = client.get("/", headers={"accept-language": "pt-BR,pt;q=0.9"})

    assert (response.status_code, response["Location"]) == (302, "/pt/")


def test_a_page_depends_on_no_header_of_language(network, client):
    assert "accept-language" not in client.get("/es/recordings/").get("Vary", "").lower()


def test_pages_forbid_scripts_of_others(network, client):
    policy = client.get("/es/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


class TestMedia:
    """The player asks by ranges."""

    @pytest.fixture
    def client(self, network):
        from django.core.files.base import ContentFile

        network.recordings["river"].media_file.save("river.mp3", ContentFile(bytes(range(200))))
        return Client()

    @pytest.mark.parametrize(
        ("asked", "status", "got"),
        [
            (None, 200, bytes(range(200))),
            ("bytes=0-9", 206, bytes(range(10))),
            ("bytes=190-", 206, bytes(range(190, 200))),
            ("bytes=-5", 206, bytes(range(195, 200))),
            ("bytes=0-99999", 206, bytes(range(200))),
            ("bytes=500-", 416, b""),
            ("bytes=9-2", 416, b""),
            ("bytes=0-1,5-6", 200, bytes(range(200))),
            ("pages=1-2", 200, bytes(range(200))),
            ("bytes=-", 200, bytes(range(200))),
        ],
    )
    def test_a_range_is_answered_as_the_standard_says(self, client, asked, status, got):
        headers = {"range": asked} if asked else {}
        response = client.get("/recordings/river/media", headers=headers)

        assert (response.status_code, b"".join(response)) == (status, got)

    def test_the_captions_of_a_recording_are_webvtt(self, client):
        response = client.get("/recordings/river/captions.vtt")

        assert response["Content-Type"] == "text/vtt; charset=utf-8"
        assert response.text.splitlines()[:5] == [
            "WEBVTT", "Language: es", "", "00:00:00.000 --> 00:00:05.000",
            "<v Ana Ribera>Buenos días a todas las ciudades de la red.",
        ]  # fmt: skip


def test_the_members_recording_keeps_its_media_for_members(network):
    from django.core.files.base import ContentFile

    network.recordings["buses"].media_file.save("buses.mp3", ContentFile(b"sound"))
    visitor, member = Client(), Client()
    member.force_login(network.member)

    assert network.recordings["buses"].work.visibility == Visibility.MEMBERS
    assert visitor.get("/recordings/buses/media").status_code == 404
    assert b"".join(member.get("/recordings/buses/media")) == b"sound"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_with_nothing_says_so_in_the_readers_language(network, client, language):
    response = client.get(f"/{language}/recordings/nothing-like-that/")

    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text
    assert 'name="q"' in response.text


def test_a_fault_of_ours_is_told_in_four_languages(network, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("plaza.portal.views.City.objects", None)

    response = client.get("/es/")

    assert response.status_code == 500
    assert all(f'<p lang="{language}">' in response.text for language in LANGUAGES)

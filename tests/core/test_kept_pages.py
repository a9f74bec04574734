"""Pages for everybody: made once a version of the data, never from before an edit, never somebody's own."""

import gzip

import pytest
from django.db import transaction
from django.test import Client
from django.utils.http import http_date

from plaza.core.kept_pages import KeptPage, pages
from plaza.core.lately import Lately
from plaza.directory.domain.places import correct_city
from plaza.directory.models import City
from plaza.knowledge.choices import Visibility
from plaza.network.domain.settings import change_settings

# In transactions that end: a page made within one is never kept.
pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "/es/",
    "/es/cities/",
    "/es/cities/riberas/",
    "/es/people/ana-ribera/",
    "/es/meetings/",
    "/es/recordings/",
    "/pt/recordings/?page=1",
)


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_read_again_asks_the_database_for_the_version_only(client, network, page, django_assert_num_queries):
    first = client.get(page)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        second = client.get(page)
    assert second.content == first.content
    assert (second["Cache-Control"], second["X-Accel-Expires"]) == ("public, no-cache", "@1")
    assert set(second["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_after_an_edit_the_next_reader_sees_it(client, network):
    assert "Riberas" in words(client.get("/es/cities/riberas/"))
    correct_city(city=network.cities["Riberas"], names={"es": "Riberas Altas"}, by=network.secretary)
    assert "Riberas Altas" in words(client.get("/es/cities/riberas/"))


def test_a_page_made_anew_asks_for_the_version_and_for_its_own_matter_only(client, network, django_assert_num_queries):
    change_settings(texts={"name_es": "Red del Río"}, language="es", by=network.secretary)
    client.get("/es/help/?first")
    with django_assert_num_queries(1):
        assert "Red del Río" in words(client.get("/es/help/?second"))


def test_what_the_network_is_called_is_new_on_the_next_page_made_anew(client, network):
    change_settings(texts={"name_es": "Red del Río"}, language="es", by=network.secretary)
    client.get("/es/help/")
    change_settings(texts={"name_es": "Red del Mar"}, language="es", by=network.secretary)
    assert "Red del Mar" in words(client.get("/es/help/"))


def test_somebody_signed_in_gets_her_own_page_and_leaves_none_for_others(client, network):
    client.force_login(network.secretary)
    own = client.get("/es/cities/riberas/")
    assert (network.secretary.name in words(own), own["Cache-Control"]) == (True, "private, no-cache")
    assert "X-Accel-Expires" not in own
    visitors = Client().get("/es/cities/riberas/")
    assert network.secretary.name not in words(visitors)
    assert network.secretary.name in words(client.get("/es/cities/riberas/"))


def test_what_became_for_members_is_gone_for_visitors_at_once(client, network):
    recording = network.recordings["river"]
    assert client.get(f"/es/recordings/{recording.work.slug}/").status_code == 200
    recording.work.visibility = Visibility.MEMBERS
    recording.work.save(update_fields=["visibility"])
    assert client.get(f"/es/recordings/{recording.work.slug}/").status_code == 404


def test_a_reader_who_holds_the_page_gets_a_304_until_it_changes(client, network):
    held = client.get("/es/cities/riberas/")["ETag"]
    again = client.get("/es/cities/riberas/", headers={"If-None-Match": held})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", held)
    assert "Content-Type" not in again
    # Something else changed: the page is made anew, is the same, and need not be sent.
    network.people["Ana Ribera"].save()
    assert client.get("/es/cities/riberas/", headers={"If-None-Match": held}).status_code == 304
    correct_city(city=network.cities["Riberas"], names={"es": "Otra"}, by=network.secretary)
    assert client.get("/es/cities/riberas/", headers={"If-None-Match": held}).status_code == 200


def test_a_clock_alone_never_holds_a_page(client, network):
    client.get("/es/cities/riberas/")
    assert client.get("/es/cities/riberas/", headers={"If-Modified-Since": http_date()}).status_code == 200


def test_a_slow_line_gets_the_page_packed(client, network):
    plain = client.get("/es/cities/riberas/")
    packed = client.get("/es/cities/riberas/", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)


def test_a_head_and_a_page_in_another_language_are_their_own(client, network):
    spanish = client.get("/es/cities/riberas/")
    head = client.head("/es/cities/riberas/")
    assert (head.content, head["ETag"]) == (b"", spanish["ETag"])
    assert client.get("/pt/cities/riberas/")["Content-Language"] == "pt"
    assert client.get("/es/cities/riberas/")["Content-Language"] == "es"


def test_answers_and_what_is_not_there_are_not_kept(client, network):
    client.get("/es/cities/nowhere/")
    client.get("/es/ask/?q=agua")
    client.get("/es/sign-in/")
    assert len(pages) == 0


def test_an_address_longer_than_a_page_has_is_answered_and_not_kept(client, network):
    assert client.get("/es/cities/", {"name": "a" * 500}).status_code == 200
    assert len(pages) == 0


def test_a_page_made_within_a_transaction_is_not_kept(client, network):
    with transaction.atomic():
        City.objects.filter(slug="riberas").update(names={"es": "Nunca"})
        assert "Nunca" in words(client.get("/es/cities/riberas/"))
        transaction.set_rollback(True)
    assert "Nunca" not in words(client.get("/es/cities/riberas/"))


def test_pages_read_longest_ago_make_room():
    kept = Lately(12_000, lambda page: page.weight)
    for number in range(5):
        kept.keep(f"/{number}", KeptPage("1", "e", (), b"x" * 2000))
        kept.get("/0")
    assert [bool(kept.get(f"/{number}")) for number in range(5)] == [True, False, False, True, True]

"""Looking lightly at an address, and fetching what is large, by the one door out."""

import io
import time

import pytest

from plaza.core import egress
from plaza.core.egress import NotFetched, download, host_of, look, web_address
from tests.sites import sites


@pytest.fixture
def elsewhere(monkeypatch):
    with sites(monkeypatch) as played:
        yield played


@pytest.mark.parametrize(("status", "path"), [(200, "/there"), (404, "/gone"), (503, "/busy"), (401, "/closed")])
def test_a_look_tells_the_answer_whatever_it_is(elsewhere, status, path):
    url = elsewhere.says(path, status, b"x" * 300_000, Retry_After="120", Content_Type="Text/HTML; charset=x")

    heard = look(url)

    assert (heard.url, heard.status, heard.media_type, heard.data, heard.moved_to, heard.retry_after) == (
        url, status, "text/html", b"", "", "120",
    )  # fmt: skip
    assert elsewhere.ranges == ["bytes=0-0"]


def test_a_look_takes_no_more_than_it_was_to(elsewhere):
    url = elsewhere.says("/long", 200, b"x" * 300_000)

    assert look(url, most_bytes=1000).data == b"x" * 1000


@pytest.mark.parametrize(
    ("first", "second", "is_told"), [(301, 308, True), (301, 302, False), (307, 301, False), (303, 303, False)]
)
def test_only_permanent_redirects_are_told_of(elsewhere, first, second, is_told):
    end = elsewhere.says("/c")
    elsewhere.says("/b", second, Location="/c")
    url = elsewhere.says("/a", first, Location="/b")

    heard = look(url)

    assert (heard.status, heard.url, heard.moved_to) == (200, end, end if is_told else "")


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ("http://169.254.169.254/latest/", egress.NOT_PUBLIC),
        ("http://10.0.0.1/", egress.NOT_PUBLIC),
        ("/round", egress.TOO_MANY_REDIRECTS),
        ("javascript:alert(1)", egress.NOT_AN_ADDRESS),
        ("http://[", egress.NOT_AN_ADDRESS),
        ("http://example.org:70000/", egress.NOT_AN_ADDRESS),
        ("http://user:word@127.0.0.1/", egress.NOT_AN_ADDRESS),
    ],
)
def test_a_look_is_not_led_astray(elsewhere, there, why):
    with pytest.raises(NotFetched) as refusal:
        look(elsewhere.says("/round", 302, Location=there))

    assert refusal.value.why == why


@pytest.mark.parametrize(
    "ask", [lambda url: look(url, seconds=0.5), lambda url: download(url, io.BytesIO(), most_bytes=9, seconds=0.5)]
)
def test_a_server_that_never_ends_its_greeting_is_left(elsewhere, ask):
    begun = time.monotonic()

    with pytest.raises(NotFetched) as refusal:
        ask(elsewhere.url("/never-ends"))

    assert refusal.value.why == egress.NO_ANSWER
    assert time.monotonic() - begun < 3


def test_what_is_large_is_written_as_it_comes(elsewhere):
    body = bytes(range(256)) * 8000
    kept = io.BytesIO()

    answer = download(
        elsewhere.says("/film", 200, body, Content_Type="video/mp4"), kept, most_bytes=9_000_000, seconds=20
    )

    assert (answer.status, answer.media_type, kept.getvalue() == body) == (200, "video/mp4", True)


@pytest.mark.parametrize(
    ("status", "most", "why"), [(200, 1000, egress.TOO_LARGE), (404, 9000, egress.REFUSED), (206, 9000, egress.REFUSED)]
)
def test_what_is_too_large_or_not_there_is_not_fetched(elsewhere, status, most, why):
    with pytest.raises(NotFetched) as refusal:
        download(elsewhere.says("/film", status, b"x" * 5000), io.BytesIO(), most_bytes=most, seconds=20)

    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("javascript:alert(1)", egress.NOT_AN_ADDRESS),
        ("JaVaScRiPt://example.org/%0aalert(1)", egress.NOT_AN_ADDRESS),
        ("data:text/html,x", egress.NOT_AN_ADDRESS),
        ("ftp://example.org/a.pdf", egress.NOT_AN_ADDRESS),
        ("https://example.org/a b", egress.NOT_AN_ADDRESS),
        ("https://example.org/a\nb", egress.NOT_AN_ADDRESS),
        ("https://example.org/\u202efdp.exe", egress.NOT_AN_ADDRESS),
        ("https://user:word@example.org/", egress.NOT_AN_ADDRESS),
        ("https://" + "a" * 300 + "…/", egress.NOT_AN_ADDRESS),
        ("https://example.org/" + "a" * 3000, egress.TOO_LONG),
        ("", egress.NOT_AN_ADDRESS),
    ],
)
def test_what_may_not_be_kept_as_an_address_is_refused(words, why):
    with pytest.raises(NotFetched) as refusal:
        web_address(words)

    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("HTTPS://Example.ORG/A?b#c", "example.org"),
        ("http://example.org:8080/", "example.org:8080"),
        ("https://example.org:443/", "example.org"),
        ("https://España.example/ñ", "xn--espaa-rta.example"),
    ],
)
def test_whom_an_address_asks(url, host):
    assert (web_address(f"  {url} "), host_of(url)) == (url, host)


def test_a_name_in_other_letters_is_asked_for_in_ascii(elsewhere):
    elsewhere.says("/%C3%B1")

    assert look(elsewhere.url("/ñ", host="España.example")).status == 200
    assert elsewhere.heard[0][0] == "xn--espaa-rta.example"

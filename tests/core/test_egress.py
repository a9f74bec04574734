"""The one door out, against a server that must hear nothing."""

import http.server
import threading
import time

import pytest

from plaza.core import egress
from plaza.core.egress import NotFetched, fetch, post

INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://127.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::]:{port}/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.0.1/",
]
NO_ADDRESS = [
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1/",
    "javascript:alert(1)",
    "",
    "//example.org",
    "http://",
    "http://user:secret@example.org/",
    "http://example.org:99999/",
    "http://[bad",
    "data:text/html,x",
]


@pytest.fixture
def canary():
    """A server on loopback that counts who comes."""
    heard = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_port, heard
        server.shutdown()


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_never_reached(url, canary):
    port, heard = canary

    with pytest.raises(NotFetched) as refusal:
        fetch(url.format(port=port))

    assert refusal.value.why in (egress.NOT_PUBLIC, egress.NOT_FOUND)
    assert heard == []


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_web_address_is_said_so(url):
    with pytest.raises(NotFetched) as refusal:
        fetch(url)

    assert refusal.value.why == egress.NOT_AN_ADDRESS


def test_a_public_name_that_answers_with_an_address_inside_is_refused(canary, monkeypatch):
    port, heard = canary
    answers = [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(egress.socket, "getaddrinfo", lambda *args, **kwargs: answers)

    with pytest.raises(NotFetched) as refusal:
        fetch(f"http://rebinding.example.org:{port}/")

    assert refusal.value.why == egress.NOT_PUBLIC
    assert heard == []


@pytest.fixture
def open_door(monkeypatch):
    """Lets the loopback server play a public one, so that the rest of the door can be tried."""
    inside = {"127.0.0.1"}
    monkeypatch.setattr(egress, "_is_public", lambda address: address in inside)


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/to-metadata":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.end_headers()
        elif self.path == "/for-ever":
            self.send_response(302)
            self.send_header("Location", "/for-ever")
            self.end_headers()
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            for _ in range(64):
                self.wfile.write(b"x" * 65536)
        elif self.path == "/page":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<p>hola")
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture
def site(open_door):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_public_page_is_fetched(site):
    page = fetch(f"{site}/page")

    assert (page.status, page.media_type, page.data) == (200, "text/html", b"<p>hola")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/to-metadata", egress.NOT_PUBLIC),
        ("/for-ever", egress.TOO_MANY_REDIRECTS),
        ("/huge", egress.TOO_LARGE),
        ("/nothing", egress.REFUSED),
    ],
)
def test_a_page_that_leads_astray_is_refused_with_the_reason(site, path, why):
    with pytest.raises(NotFetched) as refusal:
        fetch(site + path, most_bytes=100_000)

    assert refusal.value.why == why


class Service(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, self.headers["Host"], self.headers["X-Word"], body))
        status = {"/there": 200, "/elsewhere": 307}.get(self.path, 500)
        self.send_response(status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/there")
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"said")

    def log_message(self, *args):
        pass


@pytest.fixture
def service():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def send(url, *, inside, seconds=2.0, most_bytes=100):
    return post(url, b"word", inside=inside, headers={"X-Word": "1"}, seconds=seconds, most_bytes=most_bytes)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_a_service_inside_that_the_host_configured_is_asked(service, host):
    url = f"http://{host}:{service.server_port}"

    answer = send(f"{url}/there", inside=f"http://{host.lower()}:{service.server_port}/v1")

    assert (answer.status, answer.data) == (200, b"said")
    assert service.heard == [("/there", f"{host}:{service.server_port}", "1", b"word")]


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:1/", "http://localhost:{port}/", "https://127.0.0.1:{port}/", "http://example.org/"]
)
def test_no_other_service_inside_is_asked(service, inside):
    with pytest.raises(NotFetched) as refusal:
        send(f"http://127.0.0.1:{service.server_port}/there", inside=inside.format(port=service.server_port))

    assert refusal.value.why == egress.NOT_PUBLIC
    assert service.heard == []


@pytest.mark.parametrize(("path", "status"), [("/elsewhere", 307), ("/broken", 500)])
def test_a_service_that_sends_elsewhere_or_fails_is_heard_and_not_followed(service, path, status):
    url = f"http://127.0.0.1:{service.server_port}{path}"

    assert send(url, inside=url).status == status
    assert [heard[0] for heard in service.heard] == [path]


def test_a_service_that_says_too_much_is_refused(service):
    url = f"http://127.0.0.1:{service.server_port}/there"

    with pytest.raises(NotFetched) as refusal:
        send(url, inside=url, most_bytes=3)

    assert refusal.value.why == egress.TOO_LARGE


def test_a_name_that_is_not_resolved_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(egress.socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(1) or [])
    begun = time.monotonic()

    with pytest.raises(NotFetched) as refusal:
        send("http://slow.example.org/", inside="http://slow.example.org/", seconds=0.2)

    assert refusal.value.why == egress.NO_ANSWER
    assert time.monotonic() - begun < 0.6

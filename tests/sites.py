"""A server on loopback that plays the sites of others, and remembers who asked for what, when."""

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from plaza.core import egress

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Sites:
    """`answers`: by path, or by host and path (`a.example/report.pdf`); anything else is 404."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    heard: list[tuple[str, str, float]] = field(default_factory=list)
    # What the light request carried.
    ranges: list[str | None] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, status: int = 200, body: bytes = b"here", **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.heard if path != "/robots.txt"]


@contextmanager
def sites(monkeypatch) -> Iterator[Sites]:
    """Lets loopback play the public net: every name leads there, and nothing else counts as public."""
    monkeypatch.setattr(egress, "_is_public", lambda address: address == "127.0.0.1")
    real = egress._addresses
    monkeypatch.setattr(
        egress, "_addresses", lambda host, port: ["127.0.0.1"] if host.endswith(".example") else real(host, port)
    )

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            played.heard.append((self.headers["Host"].split(":")[0], self.path, time.monotonic()))
            if self.path != "/robots.txt":
                played.ranges.append(self.headers["Range"])
            host = self.headers["Host"].split(":")[0]
            status, headers, body = played.answers.get(host + self.path) or played.answers.get(
                self.path, (404, {}, b"")
            )
            if self.path == "/never-ends":
                return self._for_ever()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _for_ever(self):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while True:
                    self.wfile.write(b"X-More: 1\r\n")
                    time.sleep(0.05)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """Whoever only looks hangs up early."""

    with Server(("127.0.0.1", 0), Site) as server:
        played = Sites(server.server_port)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield played
        server.shutdown()

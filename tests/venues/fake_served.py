"""The fake server on loopback, over HTTP."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.sax.saxutils import escape

from tests.venues.fake import Fake, Refusal
from tests.venues.fake_xml import xml


@contextmanager
def served(fake: Fake) -> Iterator[Fake]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self._answer("")

        def do_POST(self):
            self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

        def _answer(self, form):
            parts = urlsplit(self.path)
            if fake.slow:
                time.sleep(fake.slow)
            if fake.says is not None:
                return self._send(fake.says[0], fake.says[1], "text/xml")
            if parts.path == "/client/BigBlueButton.html":
                here = fake.sessions[dict(parse_qsl(parts.query))["sessionToken"]]
                head = "<!doctype html><html lang=en><link rel=icon href=data:,><title>Room</title>"
                said = f"{head}<h1 id=who>{escape(here.name)}</h1><p id=role>{here.role}</p></html>"
                return self._send(200, said.encode(), "text/html; charset=utf-8")
            if not parts.path.startswith("/bigbluebutton/api/"):
                return self._send(404, b"", "text/html")
            call = parts.path.removeprefix("/bigbluebutton/api/")
            try:
                said = fake.answer(call, parts.query, form)
            except Refusal as reason:
                asked = dict(parse_qsl(parts.query))
                if call == "join" and asked.get("redirect") != "false":
                    errors = json.dumps([{"message": reason.message, "key": reason.key}])
                    return self._send(302, b"", "text/html", Location=f"/?{urlencode({'errors': errors})}")
                said = xml({"messageKey": reason.key, "message": reason.message}, "FAILED")
            if said.startswith("http"):
                return self._send(302, b"", "text/html", Location=said)
            return self._send(200, said.encode(), "text/xml;charset=utf-8")

        def _send(self, status, body, kind, **headers):
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """Whoever does not wait hangs up."""

    with Server(("127.0.0.1", 0), Handler) as server:
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()

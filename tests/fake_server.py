"""A small server that really speaks HTTP on this machine, in place of a service that a host configures."""

import http.server
import json
import threading
from contextlib import suppress


class FakeServer(http.server.ThreadingHTTPServer):
    """Served while it is entered. `key`: what a caller must show. `heard`: whatever came."""

    daemon_threads = True

    def __init__(self, handler, key=""):
        super().__init__(("127.0.0.1", 0), handler)
        self.key = key
        self.heard = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class FakeHandler(http.server.BaseHTTPRequestHandler):
    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def give(self, status, body, **headers):
        """A body of bytes as it is, anything else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *args):
        pass

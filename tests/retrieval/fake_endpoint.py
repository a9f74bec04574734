"""A small embeddings endpoint that really speaks HTTP on this machine, well or badly (checked in test_endpoint)."""

import http.server
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress

DIMENSIONS = 4
MODEL = "small-model"


def vector_of(text):
    """Not of length 1, as some models give them; the same text, the same vector."""
    return [float(len(text)), float(sum(map(ord, text)) % 97), 1.0, -2.0]


class FakeEndpoint(http.server.ThreadingHTTPServer):
    """`answer` is told the question and the good answer, and gives what is sent: a dict, a status with a body, or
    None where it has sent everything itself. `heard` holds the path, headers and body of whatever came."""

    daemon_threads = True

    def __init__(self, key=""):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = key
        self.heard = []
        self.answer = lambda question, good, handler: good

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        if self.path != "/v1/embeddings":
            return self.give(404, {"error": {"message": "no such path"}})
        if self.server.key and self.headers["Authorization"] != f"Bearer {self.server.key}":
            return self.give(401, {"error": {"message": f"wrong key: {self.headers['Authorization']}"}})
        question = json.loads(body)
        if not isinstance(question.get("input"), list) or question.get("model") != MODEL:
            return self.give(400, {"error": {"message": "a model and an input are needed"}})
        answer = self.server.answer(question, good_answer(question), self)
        if answer is not None:
            self.give(*(answer if isinstance(answer, tuple) else (200, answer)))
        return None

    def give(self, status, body, **headers):
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


def good_answer(question):
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": vector_of(text)}
            for index, text in enumerate(question["input"])
        ],
        "model": question["model"],
        "usage": {"prompt_tokens": 8, "total_tokens": 8},
    }


def hangs(seconds):
    def answer(question, good, handler):
        time.sleep(seconds)
        return good

    return answer


def dribbles(data: bytes, pause: float) -> Callable:
    """A byte at a time; each is in time, and all of them are not."""

    def answer(question, good, handler):
        with suppress(OSError):
            for byte in data:
                handler.wfile.write(bytes([byte]))
                time.sleep(pause)

    return answer

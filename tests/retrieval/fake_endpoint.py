"""A small embeddings endpoint that really speaks HTTP on this machine, well or badly (checked in test_endpoint)."""

import json
import time
from collections.abc import Callable
from contextlib import suppress

from tests.fake_server import FakeHandler, FakeServer

DIMENSIONS = 4
MODEL = "small-model"


def vector_of(text):
    """Not of length 1, as some models give them; the same text, the same vector."""
    return [float(len(text)), float(sum(map(ord, text)) % 97), 1.0, -2.0]


class FakeEndpoint(FakeServer):
    """`answer` is told the question and the good answer, and gives what is sent: a dict, a status with a body, or
    None where it has sent everything itself. `heard` holds the path, headers and body of whatever came."""

    def __init__(self, key=""):
        super().__init__(_Handler, key)
        self.answer = lambda question, good, handler: good

    @property
    def url(self):
        return f"{super().url}/v1"


class _Handler(FakeHandler):
    def do_POST(self):
        body = self.body()
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

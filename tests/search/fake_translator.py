"""A small LibreTranslate server that really speaks HTTP on this machine, well or badly (checked by libretranslatepy, the
project's own client, in test_translated). What it "translates" is marked with the language, so that nobody takes it for more."""

import json
from urllib.parse import parse_qs

from tests.fake_server import FakeHandler, FakeServer

LANGUAGES = ("es", "pt", "en", "fr")


class FakeTranslator(FakeServer):
    """`answer` is told the question and the good answer, and gives what is sent: a dict, or a status with a body. `heard` holds
    each question."""

    def __init__(self, key=""):
        super().__init__(_Handler, key)
        self.answer = lambda question, good: good


class _Handler(FakeHandler):
    def do_POST(self):
        body = self.body()
        if self.headers["Content-Type"] == "application/json":
            question = json.loads(body)
        else:
            question = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.server.heard.append(question)
        if self.path != "/translate":
            return self.give(404, {"error": "Not Found"})
        if self.server.key and question.get("api_key") != self.server.key:
            return self.give(403, {"error": "Invalid API key"})
        missing = [name for name in ("q", "source", "target") if not question.get(name)]
        if missing:
            return self.give(400, {"error": f"Invalid request: missing {missing[0]} parameter"})
        if not {question["source"], question["target"]} <= set(LANGUAGES):
            return self.give(400, {"error": f"{question['source']} is not supported"})
        answer = self.server.answer(question, {"translatedText": _said(question["q"], question["target"])})
        return self.give(*(answer if isinstance(answer, tuple) else (200, answer)))


def _said(text, target):
    return [_said(each, target) for each in text] if isinstance(text, list) else f"[{target}] {text}"

"""A small LibreTranslate server that really speaks HTTP on this machine, well or badly (checked by libretranslatepy, the
project's own client, in test_translated). What it "translates" is marked with the language, so that nobody takes it for more."""

import http.server
import json
import threading
from contextlib import suppress
from urllib.parse import parse_qs

LANGUAGES = ("es", "pt", "en", "fr")


class FakeTranslator(http.server.ThreadingHTTPServer):
    """`answer` is told the question and the good answer, and gives what is sent: a dict, or a status with a body. `heard` holds
    each question."""

    daemon_threads = True

    def __init__(self, key=""):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = key
        self.heard = []
        self.answer = lambda question, good: good

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
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

    def give(self, status, body):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *args):
        pass


def _said(text, target):
    return [_said(each, target) for each in text] if isinstance(text, list) else f"[{target}] {text}"

"""The encoder process: the models, loaded once, for the web, the worker and the command line.

It knows no database and no words of its own. If native code brings it down, a supervisor starts it
again, and meanwhile search answers by words.
"""

import logging
import socketserver
import threading
from pathlib import Path
from typing import Any, Final

import numpy as np

from plaza.core.languages import Language, known
from plaza.retrieval.apertium.base import NotTranslated
from plaza.retrieval.apertium.rows import Rows
from plaza.retrieval.encoders import wire
from plaza.retrieval.encoders.base import Encoder, EncoderAbsent, ReadsStretches, Vectors
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.identify import identify
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.text import Span

log: Final = logging.getLogger(__name__)

# Passages go a few at a time, so that a long job never holds a lock for long.
AT_ONCE: Final = 16
# A question with marks for its names is hardly longer than it was.
LONGEST_MARKED: Final = 2048


class Engines:
    """Each engine once, and a lock for each of its roles: a person's question never waits for a job."""

    def __init__(self) -> None:
        self._engines: dict[str, Encoder] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}
        self.absent: dict[str, str] = {}
        for engine in (Use, UseWords, E5):
            try:
                self._engines[engine.name] = engine()
            except EncoderAbsent as reason:
                self.absent[engine.name] = str(reason)
                log.warning("%s serves not: %s", engine.name, reason)
            for role in ("query", "passage"):
                self._locks[engine.name, role] = threading.Lock()

    def answer(self, question: dict[str, Any]) -> Vectors:
        name, role = str(question["encoder"]), str(question["role"])
        if name not in self._engines or (name, role) not in self._locks:
            raise EncoderAbsent(self.absent.get(name, f"no encoder {name!r} here"))
        engine = self._engines[name]
        with self._locks[name, role]:
            if "stretches" not in question:
                return engine.encode(question["texts"], question["languages"], role)  # type: ignore[arg-type]  # checked by the look-up above
            if not isinstance(engine, ReadsStretches):
                raise EncoderAbsent(f"{name} reads no stretches")
            stretches = [[Span(*each) for each in its] for its in question["stretches"]]
            whole, parts = engine.encode_with_stretches(question["texts"], stretches, question["languages"])
            return np.concatenate([whole, *parts])


class _Handler(socketserver.BaseRequestHandler):
    server: "EncoderServer"

    def handle(self) -> None:
        try:
            question, _ = wire.receive(self.request)
            wire.send(self.request, *self._answered(question))
        except (OSError, EOFError, EncoderAbsent) as gone:
            log.debug("a caller went away: %s", gone)

    def _answered(self, question: dict[str, Any]) -> tuple[dict[str, Any], Vectors | None]:
        try:
            if "identify" in question:
                return {"language": identify(str(question["identify"]))}, None
            if "translate" in question:
                return {"translated": self._translated(question)}, None
            vectors = self.server.engines.answer(question)
        except (EncoderAbsent, NotTranslated) as reason:
            return {"absent": str(reason)}, None
        except (KeyError, TypeError, ValueError) as mistake:
            return {"absent": f"the question is not well formed: {mistake}"}, None
        return {"rows": len(vectors), "dimensions": vectors.shape[1]}, vectors

    def _translated(self, question: dict[str, Any]) -> dict[Language, str]:
        source = known(question["language"])
        if source is None:
            raise NotTranslated("no such language")
        return self.server.rows.translate(str(question["translate"])[:LONGEST_MARKED], source)


class EncoderServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, address: Path) -> None:
        address.unlink(missing_ok=True)
        super().__init__(str(address), _Handler)
        address.chmod(0o600)
        self.engines = Engines()
        self.rows = Rows()
        identify("agua")  # reads its model now, not while somebody waits

    def server_close(self) -> None:
        super().server_close()
        self.rows.close()


def serve(address: Path) -> None:
    """Answers until the process is told to end."""
    with EncoderServer(address) as server:
        server.serve_forever(poll_interval=0.5)

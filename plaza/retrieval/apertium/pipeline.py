"""The programs of one pair in a row, kept running. A question goes in and comes out with a NUL at its end."""

import logging
import os
import select
import subprocess
import threading
import time
from collections.abc import Mapping
from typing import Final

from plaza.retrieval.apertium.base import NotTranslated
from plaza.retrieval.apertium.modes import Stages
from plaza.retrieval.encoders.breaker import Breaker

log: Final = logging.getLogger(__name__)

# Reading its dictionaries takes a third of a second, on a busy machine some seconds.
START_SECONDS: Final = 20.0
# After so many ends in a row it is left alone for a while, and then tried once at a time.
MOST_ENDS: Final = 3
# Some words' ends are only seen when a mark of the stream follows.
END: Final = b"[][\n]\0"
ENDED: Final = b"[][\n]"
LARGEST_ANSWER: Final = 64 * 1024


class Pipeline:
    """One reader at a time. It starts at the first question, which need not wait for it; whoever died or did not answer
    in time is ended with all of its row, and the next question starts them anew.

    It ends with this process, however that ends: each program reads the end of its input then.
    """

    def __init__(self, stages: Stages, breaker: Breaker | None = None) -> None:
        self._stages = stages
        self._breaker = breaker or Breaker()
        self._lock = threading.Lock()
        self._row: list[subprocess.Popen[bytes]] = []
        self._starting_since: float | None = None
        self._ends = 0

    def start(self) -> None:
        """Starts the programs where they do not run, and waits for nothing."""
        with self._lock:
            self._start()

    def ask(self, text: str, until: float) -> str:
        """The translation, by the time `until` (of time.monotonic). Raises NotTranslated. `text` holds none of the
        stream's own marks but those that are meant."""
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            raise NotTranslated("others are asking")
        try:
            self._start()
            self._wait_until_started(until)
            return self._answer(text.encode(), until).decode("utf-8", "replace")
        finally:
            self._lock.release()

    def pids(self) -> list[int]:
        """Of the programs that run."""
        return [program.pid for program in self._row]

    def close(self) -> None:
        with self._lock:
            self._end()

    def _start(self) -> None:
        if self._row:
            return
        if self._ends >= MOST_ENDS and not self._breaker.may_try():
            raise NotTranslated("it ended several times, and is left alone for a while")
        # Nothing of a host's own environment: these programs need to find themselves, and to know letters.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        try:
            for stage in self._stages:
                self._row.append(self._program(stage, environment))
        except OSError as error:
            self._failed()
            raise NotTranslated(f"it does not start: {error}") from error
        self._starting_since = time.monotonic()
        self._write(b"a")

    def _program(self, stage: tuple[str, ...], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        before = self._row[-1].stdout if self._row else None
        program = subprocess.Popen(
            stage,
            stdin=before or subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
        )
        if before is not None:
            before.close()  # only the next program reads it: when that dies, this one hears of it
        return program

    def _wait_until_started(self, until: float) -> None:
        if self._starting_since is None:
            return
        try:
            self._read(until)
        except TimeoutError as late:
            if time.monotonic() - self._starting_since > START_SECONDS:
                self._failed()
            raise NotTranslated("it is starting") from late
        except EOFError as end:
            self._failed()
            raise NotTranslated("it ended while starting") from end
        self._starting_since = None

    def _answer(self, text: bytes, until: float) -> bytes:
        self._write(text)
        try:
            answer = self._read(until)
            if not answer.endswith(ENDED) or any(program.poll() is not None for program in self._row):
                raise EOFError  # what one that died had in hand
        except (TimeoutError, EOFError) as reason:
            self._failed()  # what comes late would be taken for the answer to the next question
            raise NotTranslated("it ended, or was too slow") from reason
        self._ends = 0
        self._breaker.succeeded()
        return answer.removesuffix(ENDED)

    def _write(self, text: bytes) -> None:
        pipe = self._row[0].stdin
        assert pipe is not None
        try:
            # Far less than a pipe holds, and nothing is left in it from before.
            os.write(pipe.fileno(), text.replace(b"\0", b" ") + END)
        except OSError as error:
            self._failed()
            raise NotTranslated("it ended") from error

    def _read(self, until: float) -> bytes:
        pipe = self._row[-1].stdout
        assert pipe is not None
        answer = bytearray()
        while not answer.endswith(b"\0"):
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(pipe.fileno(), 65536)
            if not part or len(answer) > LARGEST_ANSWER:
                raise EOFError
            answer += part
        return bytes(answer[:-1])

    def _failed(self) -> None:
        self._ends += 1
        if self._ends >= MOST_ENDS:
            self._breaker.failed()
        log.warning("Apertium (%s) ended or was too slow, %d in a row", self._stages[0][-1], self._ends)
        self._end()

    def _end(self) -> None:
        for program in self._row:
            program.kill()
        for program in self._row:
            program.wait()
            for pipe in (program.stdin, program.stdout):
                if pipe is not None:
                    pipe.close()
        self._row, self._starting_since = [], None

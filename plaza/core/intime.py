"""A request that is over in time, whatever the other side does: a name that is not resolved, a greeting without end,
an answer that comes byte by byte. The timeouts of an HTTP library begin anew with every byte."""

import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

Answer = TypeVar("Answer")
# httpx tells what it does: the extension `trace` of a request.
Trace: TypeAlias = Callable[[str, Mapping[str, Any]], None]


def within(seconds: float, ask: Callable[[Trace], Answer]) -> Answer:
    """What `ask` gives, or raises; TimeoutError after so many seconds. Its request must carry the trace it is handed:
    the connection is cut then, and the thread that waits for it ends."""
    line = _Line()
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask(line.heard))
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=run, name="in time", daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    finally:
        line.hang_up()


class _Line:
    """The connection of one request, so that whoever waits for the answer can end it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._is_over = False

    def heard(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            with self._lock:
                # A copy, for TLS takes the socket itself away.
                self._sockets.append(info["return_value"].get_extra_info("socket").dup())
                is_over = self._is_over
            if is_over:
                self.hang_up()

    def hang_up(self) -> None:
        with self._lock:
            self._is_over = True
            sockets, self._sockets = self._sockets, []
        for each in sockets:
            with each, suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

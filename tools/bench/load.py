"""Eight clients that ask one server over kept connections, each as soon as it was answered."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from typing import Final

CLIENTS: Final = 8


def requests_a_second(
    port: int,
    path: Callable[[int], str],
    *,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    status: bytes = b"200",
) -> float:
    """`path`: of the n-th request. Raises RuntimeError if an answer has another status."""
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    until = time.perf_counter() + seconds
    counted: list[int] = []
    failed: list[str] = []
    numbers = iter(range(10**9))

    def ask() -> None:
        answered = 0
        with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answers:
            while time.perf_counter() < until and not failed:
                words = f"GET {path(next(numbers))} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n"
                line.sendall(words.encode())
                answer = answers.readline()
                if b" " + status + b" " not in answer:
                    failed.append(f"{words.split()[1]}: {answer.decode()}")
                _skip_rest(answers, has_body=status != b"304")
                answered += 1
        counted.append(answered)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(failed[0])
    return sum(counted) / (time.perf_counter() - begun)


def _skip_rest(answers: BufferedReader, *, has_body: bool) -> None:
    length = 0
    for header in _headers(answers):
        if header.lower().startswith(b"content-length:"):
            length = int(header[15:])
    if has_body:
        answers.read(length)


def _headers(answers: BufferedReader) -> Iterator[bytes]:
    while (header := answers.readline()) not in (b"\r\n", b""):
        yield header

"""A web server in processes of its own, by the program, workers and threads that Plaza is served by."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from plaza.cli.serving import WEB_CONNECTIONS, WEB_PROCESSES, WEB_THREADS
from tools.accept.lines import ROOT
from tools.accept.processes import free_port

READY_WITHIN: Final = 60.0


@contextmanager
def served(application: str, probe: str) -> Iterator[int]:
    """The port, once `probe` was answered there. Raises RuntimeError where that takes a minute."""
    port, begun = free_port(), time.monotonic()
    command = (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", WEB_PROCESSES, "--blocking-threads", WEB_THREADS, "--no-ws"),
        *("--backlog", "2048", "--backpressure", WEB_CONNECTIONS, application),
    )
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(f"http://127.0.0.1:{port}{probe}"):
            if time.monotonic() - begun > READY_WITHIN:
                raise RuntimeError("the server did not answer within a minute")
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False

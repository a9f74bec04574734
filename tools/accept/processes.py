"""A running `plaza demo`, its children by what they do, and what is left of it afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from tools.accept.lines import ROOT

ROLES: Final[dict[str, Callable[[str], bool]]] = {
    "web": lambda words: "granian" in words,
    "worker": lambda words: words.endswith("plaza.cli work"),
    "encoders": lambda words: "plaza.cli encoders" in words,
    "PostgreSQL": lambda words: "postgres -D" in words,
}


def killed_in_the_middle(deed: str, *words: str, after: float) -> None:
    """Runs `deed` (Python that prints a line when it begins) in a process of its own, and kills it so many seconds
    later."""
    child = subprocess.Popen(
        [sys.executable, "-c", deed, *words],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "plaza.config.settings"},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    child.wait()


class Running:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.seen: dict[int, float] = {}

    def family(self) -> list[psutil.Process]:
        """This installation's processes, remembered by id and time of birth, so that none can hide."""
        try:
            whole = psutil.Process(self.process.pid)
            found = [whole, *whole.children(recursive=True)]
        except psutil.NoSuchProcess:
            found = []
        for process in found:
            self.seen.setdefault(process.pid, _born(process))
        return found

    def pids(self, role: str) -> list[int]:
        return [p.pid for p in self.family() if ROLES[role](_words(p))]

    def left(self) -> list[int]:
        """Of all ever seen, those alive now."""
        return [pid for pid, born in self.seen.items() if psutil.pid_exists(pid) and _born_of(pid) == born]

    def get(self, path: str, timeout: float = 10) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    def wait_for(self, path: str = "/es/", seconds: float = 300) -> float:
        """Seconds until a page answers."""
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            if self.get(path)[0] == 200:
                self.family()
                return time.monotonic() - begun
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended with {self.process.returncode} before a page was shown")
            time.sleep(0.2)
        raise RuntimeError(f"{path} was not shown within {seconds} s")

    def interrupt(self, seconds: float = 40) -> int:
        """Ctrl-C, as a terminal sends it: to the whole foreground group. Returns the exit code."""
        self.family()
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(seconds)


@contextmanager
def running(command: list[str], port: int, *, cwd: Path, env: dict[str, str], log: Path) -> Iterator[Running]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
        )
    found = Running(process, port)
    try:
        yield found
    finally:
        if process.poll() is None:
            found.interrupt()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _born(process: psutil.Process) -> float:
    try:
        return float(process.create_time())
    except psutil.Error:
        return 0.0


def _born_of(pid: int) -> float:
    try:
        process = psutil.Process(pid)
        return 0.0 if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.Error:
        return 0.0

"""The processes of one installation (web, worker …): started, started again when they end, ended together.

    Supervisor([Child("web", argv, env), Child("worker", argv, env)]).run()

Every child has a process group of its own, which ends with the supervisor, in whatever way that
ends: `lifeline` gives the child its stop signal at once (Linux), `guardian` sees to the rest.
"""

import logging
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plaza.hosting.guardian import Guardian, signal_group
from plaza.hosting.lifeline import tied
from plaza.hosting.logs import fresh_log

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.5  # seconds before a child that ended is started again; doubles each time
LONGEST_PAUSE = 10.0
HEALTHY_AFTER = 30.0  # a child that lived so long begins again with the first pause
ASK_EVERY = 0.2  # seconds between two questions whether a child is ready


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None  # None: as ours
    restart: bool = True
    ready: Callable[[], bool] | None = None  # quick; the children named after this one wait for it
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 10.0
    log: Path | None = None  # None: both its outputs go to our standard error


class Supervisor:
    """`when_ready` is called once, when every child has been started and says it is ready."""

    def __init__(self, children: Sequence[Child], *, when_ready: Callable[[], None] | None = None) -> None:
        self._kept = [_Kept(child) for child in children]
        self._when_ready = when_ready

    def run(self) -> int:
        """Until SIGTERM, SIGINT or SIGHUP; returns 0 then.

        Also returns when no child is left (each had restart=False): the first status that is
        not 0. Belongs in the main thread, for Python hears signals only there. A second
        signal cuts the grace of the children short.
        """
        with _hearing() as told, ExitStack() as ending:
            guardian = Guardian()
            ending.callback(guardian.end)
            ending.callback(self._stop, guardian, told)
            while not told.to_stop(self._next_look()):
                self._look(guardian)
                if all(kept.is_over() for kept in self._kept):
                    return next((kept.status for kept in self._kept if kept.status), 0)
        return 0

    def _look(self, guardian: Guardian) -> None:
        for kept in self._kept:
            kept.look(guardian)
            if not kept.was_ready and not kept.is_over():
                return  # those after it wait
        if self._when_ready is not None:
            announce, self._when_ready = self._when_ready, None
            announce()

    def _next_look(self) -> float | None:
        """Seconds until there is something to do without a signal."""
        if not all(kept.began or kept.is_over() for kept in self._kept):
            return ASK_EVERY if any(kept.began for kept in self._kept) else 0
        times = [kept.next_look() for kept in self._kept]
        return min((seconds for seconds in times if seconds is not None), default=None)

    def _stop(self, guardian: Guardian, told: "_Told") -> None:
        began = time.monotonic()
        for kept in self._kept:
            kept.signal(kept.child.stop_signal)
        left = self._kept
        while left:
            passed = time.monotonic() - began
            left = [kept for kept in left if kept.lives() and passed < kept.child.grace_seconds]
            if left and told.to_stop(0.05):
                break
        for kept in self._kept:
            kept.bury(guardian)


class _Kept:
    """One child over the time: its process, if it has one now, and when the next is due."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.status: int | None = None
        self.is_ready = False
        self.was_ready = False  # at least once
        self.began = 0.0
        self._due = 0.0
        self._pause = FIRST_PAUSE

    def is_over(self) -> bool:
        return self.process is None and self.status is not None and not self.child.restart

    def look(self, guardian: Guardian) -> None:
        """Do what is due: notice an end, start, ask whether it is ready."""
        if self.process is not None and self.process.poll() is not None:
            self._notice_end(self.process.returncode, guardian)
        if self.process is None and not self.is_over() and time.monotonic() >= self._due:
            self._start(guardian)
        if self.process is not None and not self.is_ready:
            self.is_ready = self.child.ready is None or self.child.ready()
            self.was_ready |= self.is_ready

    def next_look(self) -> float | None:
        if self.process is None:
            return None if self.is_over() else max(0.0, self._due - time.monotonic())
        return None if self.is_ready else ASK_EVERY

    def signal(self, number: int) -> None:
        if self.process is not None:
            signal_group(self.process.pid, number)

    def lives(self) -> bool:
        """Whether any process of the group is left; reaps those that are ours to reap."""
        if self.process is None:
            return False
        if self.process.poll() is not None:
            with suppress(ChildProcessError):  # as process 1 of a container we inherit orphans
                while os.waitpid(-self.process.pid, os.WNOHANG)[0]:
                    pass
        return signal_group(self.process.pid, 0)

    def bury(self, guardian: Guardian) -> None:
        """Reap the process, end what it left of its group (it may hold the port), forget both."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()
            guardian.forget(self.process.pid)
            self.process = None

    def _start(self, guardian: Guardian) -> None:
        child = self.child
        with ExitStack() as stack:
            out = 2 if child.log is None else stack.enter_context(fresh_log(child.log).open("ab")).fileno()
            self.process = subprocess.Popen(
                tied(child.argv, by=child.stop_signal), env=child.env, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        guardian.watch(self.process.pid, stop_signal=child.stop_signal, grace_seconds=child.grace_seconds)
        self.began = time.monotonic()
        self.is_ready = False

    def _notice_end(self, code: int, guardian: Guardian) -> None:
        self.status = code if code >= 0 else 128 - code  # as a shell tells of a signal
        self.bury(guardian)
        now = time.monotonic()
        if now - self.began >= HEALTHY_AFTER:
            self._pause = FIRST_PAUSE
        self._due = now + self._pause
        if self.child.restart:
            words = "%s ended with status %s; it starts again in %s s"
            logger.warning(words, self.child.name, self.status, self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)


class _Told:
    """Sleeps until a signal comes: Python's own handler writes its number into a pipe."""

    STOP = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def to_stop(self, seconds: float | None) -> bool:
        """Whether we were told to stop; waits at most so long, None for ever, for any signal."""
        if not select.select([self._pipe], [], [], seconds)[0]:
            return False
        return not self.STOP.isdisjoint(os.read(self._pipe, 4096))


@contextmanager
def _hearing() -> Iterator[_Told]:
    """Signals reach `_Told` whichever thread the system gives them to; afterwards all is as before."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    numbers = [*_Told.STOP, signal.SIGCHLD]
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        numbers.remove(signal.SIGHUP)  # started by nohup: to outlive the terminal
    before = {number: signal.signal(number, _hear) for number in numbers}
    wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield _Told(reader)
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        os.close(reader)
        os.close(writer)


def _hear(number: int, frame: object) -> None:
    """Nothing to do: that there is a handler makes Python write to the pipe."""

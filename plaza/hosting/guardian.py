"""The process that ends a supervisor's children when the supervisor was killed with SIGKILL.

It reads on standard input which process groups there are ("+ group signal grace", "- group").
When the input ends, its supervisor is gone, in whatever way: it sends each group its stop
signal, waits the grace, and kills what is left. This works on every Unix, reaches children
that ignore the stop signal, and children of children. Costs one small Python process.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress


class Guardian:
    """Tells the process about groups; forgetting one means it has ended."""

    def __init__(self) -> None:
        reader, writer = os.pipe()  # the children do not inherit it: it ends with us
        # The same start as in `lifeline`: fast, and always possible.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__], stdin=reader,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.close(reader)
        self._lines = os.fdopen(writer, "wb", buffering=0)

    def watch(self, group: int, *, stop_signal: int, grace_seconds: float) -> None:
        self._tell(f"+ {group} {int(stop_signal)} {grace_seconds}")

    def forget(self, group: int) -> None:
        self._tell(f"- {group}")

    def end(self) -> None:
        self._lines.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        with suppress(BrokenPipeError):  # somebody killed the guardian; the children run on
            self._lines.write(f"{line}\n".encode())


def signal_group(group: int, number: int) -> bool:
    """False when no process of the group is left."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS says so of a group that holds only zombies
        return False
    return True


def _guard(lines: Iterable[str]) -> None:
    groups: dict[int, tuple[int, float]] = {}
    for line in lines:
        verb, group, *how = line.split()
        if verb == "+":
            groups[int(group)] = (int(how[0]), float(how[1]))
        else:
            groups.pop(int(group), None)
    began = time.monotonic()
    left = {number: grace for number, (stop, grace) in groups.items() if signal_group(number, stop)}
    while left:
        time.sleep(0.05)
        passed = time.monotonic() - began
        for number, grace in list(left.items()):
            in_time = passed <= grace
            # Zombies that nobody reaps still count as a group: after SIGKILL there is no more to do.
            if not signal_group(number, 0 if in_time else signal.SIGKILL) or not in_time:
                del left[number]


if __name__ == "__main__":
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, signal.SIG_IGN)  # only the end of the supervisor ends the guardian
    _guard(sys.stdin)

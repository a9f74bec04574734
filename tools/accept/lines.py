"""What a line of acceptance is, and how one is written down."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SHARED: Final = ROOT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure against its target. `is_met` None: it could not be tried here, and `figure` says why."""

    name: str
    target: str
    figure: str
    is_met: bool | None

    def __str__(self) -> str:
        sign = {True: "met", False: "NOT MET", None: "not tried"}[self.is_met]
        return f"  {sign:9} {self.name:62} {self.figure}   (target: {self.target})"


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines that are found out together."""

    issue: str
    name: str
    find_out: Callable[[], list[Line]]


def not_tried(name: str, target: str, why: str) -> Line:
    return Line(name, target, why, None)


def tell(words: str) -> None:
    print(f"    … {words}", file=sys.stderr, flush=True)


def run(command: list[str], *, cwd: Path = ROOT, timeout: float = 3600, **environment: str) -> str:
    """Standard output of a command that must succeed; what it said goes into the error if it does not."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout

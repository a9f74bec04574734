"""What was tried, how long it took, and what broke."""

import hashlib
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

from tools.fuzz.text_door import Broken, Target

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "var" / "fuzz"
# Of the processor, not of the clock: a busy machine is no finding.
SLOW_SECONDS: Final = 1.0
HANGING_SECONDS: Final = 10.0
FEW: Final = 3


class Hanging(Exception):
    """Was broken off."""


@dataclass(slots=True)
class Tally:
    target: Target
    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    findings: Counter[str] = field(default_factory=Counter)

    def take(self, text: str) -> None:
        begun = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, HANGING_SECONDS)
            try:
                self.target.keeps_its_promise(text)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except Broken as broken:
            self._note(str(broken), text)
        except Exception as error:
            self._note(f"raises {type(error).__name__}", text)
        took = time.process_time() - begun
        self.inputs += 1
        self.seconds += took
        self.slowest = max(self.slowest, took)
        if took > SLOW_SECONDS:
            self._note(f"takes more than {SLOW_SECONDS:g} s", text)

    def _note(self, what: str, text: str) -> None:
        self.findings[what] += 1
        if self.findings[what] <= FEW:
            data = text.encode("utf-8", "surrogatepass")
            file = FOLDER / f"{self.target.name}-{hashlib.sha256(data).hexdigest()[:12]}.txt"
            file.write_bytes(data)
            shown = ascii(text) if len(text) <= 80 else f"{text[:80]!a}… ({len(text)} characters)"
            print(
                f"FINDING {self.target.name}: {what}: {shown}, in {file.relative_to(FOLDER.parent.parent)}", flush=True
            )

    def line(self, kind: str) -> str:
        return (
            f"{kind:10} {self.target.name:12} {self.inputs:7} inputs {self.seconds:7.1f} s"
            f"   slowest {1000 * self.slowest:7.1f} ms   findings {sum(self.findings.values())}"
        )


class Tallies:
    """One text after the other, for all targets."""

    def __init__(self, targets: Sequence[Target]) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGVTALRM, _break_off)
        for target in targets:
            target.keeps_its_promise("agua")  # reads its model now, and not while it is measured
        self._tallies = [Tally(target) for target in targets]
        self.texts = 0

    def take(self, text: str, *, by_all: bool = False) -> None:
        for tally in self._tallies:
            if by_all or self.texts % tally.target.one_in == 0:
                tally.take(text)
        self.texts += 1

    def tell(self, kind: str) -> int:
        """Prints a line for each target; 1 where there is a finding."""
        for tally in self._tallies:
            print(tally.line(kind), flush=True)
        return 1 if any(tally.findings for tally in self._tallies) else 0


def _break_off(number: int, frame: FrameType | None) -> None:
    raise Hanging

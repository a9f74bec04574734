"""What `plaza check` looks at. Each package hangs its own examination here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from plaza.core.registry import Registry

Verdict = Literal["sound", "warning", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, in words a host understands; `mend` says what to do where it is not sound."""

    subject: str
    verdict: Verdict
    words: str
    mend: str = ""


examinations: Registry[Callable[[], list[Finding]]] = Registry("health")


def examine() -> list[Finding]:
    """Every examination, in the order the packages were loaded."""
    return [finding for _, look in examinations.items() for finding in look()]

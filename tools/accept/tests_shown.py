"""Lines that tests show: each is run by its name, and one that is not there shows nothing."""

import re
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from tools.accept.lines import ROOT, SHARED, Line, not_tried, tell

COUNTED: Final = re.compile(r"(\d+) (passed|failed|error|skipped)")


def shown_by_tests(shown: Mapping[str, tuple[str, ...]]) -> list[Line]:
    """What is shown, and the tests that show it: files, or `file::beginning of a name`."""
    return [_line(name, tests) for name, tests in shown.items()]


def _line(name: str, tests: tuple[str, ...]) -> Line:
    tell(name)
    files = sorted({test.partition("::")[0] for test in tests})
    words = " or ".join(word for test in tests if (word := test.partition("::")[2]))
    command = [sys.executable, "-m", "pytest", "-n2", *files, *(["-k", words] if words else [])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counted = {kind: int(number) for number, kind in COUNTED.findall(done.stdout[-400:])}
    if set(counted) == {"skipped"} and done.returncode == 0 and not SHARED.exists():
        return not_tried(name, "all pass", "the samples are not beside this checkout")
    figure = ", ".join(f"{number} {kind}" for kind, number in counted.items()) or done.stdout[-200:]
    return Line(name, "all pass", figure, done.returncode == 0 and counted.get("passed", 0) > 0)

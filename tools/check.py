"""`make check`: everything about the code that needs no test to run. Each step prints its name, then what is wrong."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PYTHON: Final = sys.executable
BIN: Final = Path(PYTHON).parent

STEPS: Final[tuple[tuple[str, list[str]], ...]] = (
    ("lint", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("import contracts", [str(BIN / "lint-imports"), "--no-cache"]),
    ("templates", [str(BIN / "djlint"), "plaza", "--lint", "--quiet"]),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("django", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
    ("translations", [PYTHON, "-m", "tools.messages", "--check"]),
)


def main() -> int:
    failed = []
    environment = {**os.environ, "PLAZA_VAR": str(ROOT / "var" / "check")}
    for name, command in STEPS:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

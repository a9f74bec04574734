"""Resolves the requirements again, for Python 3.11 and newer on any platform, with hashes. Needs uv (PyPI)."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMON: Final = ["--universal", "--python-version", "3.11", "--generate-hashes"]
EXTRAS: Final = ["pyproject.toml", "--extra", "local", "--extra", "encoders"]


def main() -> int:
    environment = ROOT / ".venv"
    subprocess.run([environment / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    sources = {
        "run": EXTRAS,
        "oidc": [*EXTRAS, "--extra", "oidc"],
        "pdf": [*EXTRAS, "--extra", "pdf"],
        "dev": [*EXTRAS, "--extra", "oidc", "--extra", "pdf", "--group", "dev"],
        "fuzz": ["requirements/fuzz.in"],
    }
    for name, source in sources.items():
        subprocess.run(
            [environment / "bin" / "uv", "pip", "compile", *source, *COMMON, "--quiet",
             "--custom-compile-command", "make lock", "-o", f"requirements/{name}.txt"],
            cwd=ROOT,
            check=True,
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())

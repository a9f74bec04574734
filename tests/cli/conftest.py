"""The command as a person runs it: in a process of its own, with a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

AS_A_HOST = {"DJANGO_SETTINGS_MODULE": "plaza.config.settings", "LANG": "en_US.UTF-8"}

Plaza = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def plaza(tmp_path) -> Plaza:
    def run(*words: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "plaza.cli", *words],
            input=stdin,
            capture_output=True,
            timeout=120,
            env={**os.environ, **AS_A_HOST, "PLAZA_VAR": str(tmp_path), **environment},
            check=False,
        )
        return subprocess.CompletedProcess(
            words, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run

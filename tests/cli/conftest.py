"""The command as a person runs it: in a process of its own, with a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Path:
    """The folder of an installation with all its tables and nothing in them, as a first command leaves it: a quarter of
    a minute's work. To be copied, see `installation`; tests that ask for it are of the group "installation", so that it
    is made in one process only."""
    folder = tmp_path_factory.mktemp("furnished")
    environment = {**os.environ, **AS_A_HOST, "PLAZA_VAR": str(folder), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "plaza.cli", "check"], env=environment, capture_output=True, check=True)
    return folder


@pytest.fixture
def installation(furnished, tmp_path) -> Path:
    """A furnished folder of the test's own."""
    return Path(shutil.copytree(furnished, tmp_path / "installation", symlinks=True))

"""A clean clone, without anything beside it: `make demo`, then `make test`, as root and as an ordinary user, with
the oldest and the newest Python. The package cache is warm: the first clone's install fills it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from tools.accept.lines import ROOT, Line, not_tried, tell
from tools.accept.processes import free_port, running

VERSIONS: Final = ("3.11", "3.13")
USERS: Final = ("root", "nobody")
FIRST_PAGE_SECONDS: Final = 180
SECOND_START_SECONDS: Final = 15
MOST_MEGABYTES: Final = 450


def find_out() -> list[Line]:
    lines = []
    with tempfile.TemporaryDirectory(prefix="plaza-clone-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        for version in VERSIONS:
            for user in USERS:
                lines += _tried(home, version, user)
    return lines


def _tried(home: Path, version: str, user: str) -> list[Line]:
    name = f"clean clone as {'root' if user == 'root' else 'an ordinary user'}, Python {version}"
    python = _python(version, home, user)
    if python is None:
        return [not_tried(name, "make demo, make test", f"no Python {version} here")]
    if user != "root" and os.geteuid() != 0:
        return [not_tried(name, "make demo, make test", "only root can become another user")]
    tell(name)
    clone = home / f"{version}-{user}" / "plaza"
    clone.parent.mkdir(mode=0o755)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    as_user = [] if user == "root" else ["runuser", "-u", user, "--"]
    environment = _environment(clone.parent, home, python)
    if user != "root":
        _give(clone.parent, user)
        _give(home / "cache", user)
    first, second, megabytes, left = _demo(clone, as_user, environment)
    passed, summary = _test(clone, as_user, environment)
    shutil.rmtree(clone.parent)
    return [
        Line(
            f"{name}: seconds to the first page",
            f"<= {FIRST_PAGE_SECONDS}",
            f"{first:.0f}",
            first <= FIRST_PAGE_SECONDS,
        ),
        Line(
            f"{name}: second start", f"<= {SECOND_START_SECONDS} s", f"{second:.1f} s", second <= SECOND_START_SECONDS
        ),
        Line(f"{name}: installed run-time", f"<= {MOST_MEGABYTES} MB", f"{megabytes} MB", megabytes <= MOST_MEGABYTES),
        Line(f"{name}: processes left after Ctrl-C", "none", str(left or "none"), not left),
        Line(f"{name}: make test", "passes", summary, passed),
    ]


def _demo(clone: Path, as_user: list[str], environment: dict[str, str]) -> tuple[float, float, int, list[int]]:
    times, left = [], []
    for _ in range(2):
        port = free_port()
        begun = time.monotonic()
        command = [*as_user, "make", "demo", f"PORT={port}"]
        with running(command, port, cwd=clone, env=environment, log=clone.parent / "demo.log") as plaza:
            plaza.wait_for(seconds=600)
            times.append(time.monotonic() - begun)
            plaza.interrupt()
            left += plaza.left()
    size = subprocess.run(["du", "-sm", str(clone / ".venv")], capture_output=True, text=True, check=True).stdout
    return times[0], times[1], int(size.split()[0]), left


def _test(clone: Path, as_user: list[str], environment: dict[str, str]) -> tuple[bool, str]:
    done = subprocess.run(
        [*as_user, "make", "test"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=3000,
        check=False,
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("FAILED") or " passed" in line]
    return done.returncode == 0, " / ".join(said) if said else (done.stdout + done.stderr)[-300:]


def _environment(user_home: Path, home: Path, python: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "LC_", "LANG"))}
    return {
        **kept,
        "PATH": os.environ["PATH"],
        "HOME": str(user_home),
        "PYTHON": python,
        # A copied interpreter looks for its library where it was built.
        "LD_LIBRARY_PATH": str(Path(python).parent.parent / "lib"),
        "PIP_CACHE_DIR": str(home / "cache"),
    }


def _python(version: str, home: Path, user: str) -> str | None:
    """An interpreter of that version which the user may execute; one that stands in a closed folder is copied."""
    found = shutil.which(f"python{version}")
    homes = sorted(Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob(f"versions/{version}.*"))
    prefix = homes[-1] if homes else None
    if user == "root" or prefix is None:
        return str(prefix / "bin" / "python3") if prefix else found
    copy = home / f"python-{version}"
    if not copy.exists():
        shutil.copytree(prefix, copy, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
    return str(copy / "bin" / "python3")


def _give(folder: Path, user: str) -> None:
    owner = pwd.getpwnam(user)
    folder.mkdir(exist_ok=True)
    subprocess.run(["chown", "-R", f"{owner.pw_uid}:{owner.pw_gid}", str(folder)], check=True)

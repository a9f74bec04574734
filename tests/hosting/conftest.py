"""Real servers, in the folder of the test; other processes of Plaza, started and ended by the test."""

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from plaza.hosting.accounts import Account, server_account
from plaza.hosting.backup import backup
from plaza.hosting.cluster import Cluster, running

ROOT = Path(__file__).parents[2]
ROOMS = """
    CREATE TABLE cities (id serial PRIMARY KEY, name text UNIQUE, place vector(2));
    CREATE TABLE meetings (city integer REFERENCES cities, title text);
    CREATE VIEW named AS SELECT name FROM cities;
    INSERT INTO cities (name, place) VALUES ('Quito', '[1,2]'), ('Lima', '[3,4]');
    INSERT INTO meetings VALUES (1, 'Forum of mayors'), (2, 'Workshop'), (2, 'Webinar');
"""
OTHER_PLAZA = """
import json, sys
from pathlib import Path
from plaza.hosting.cluster import running
with running(Path(sys.argv[1])) as cluster:
    print(json.dumps([cluster.started_here, cluster.pid, cluster.database_url()]), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """One server for the tests of a module that do it no harm."""
    with running(tmp_path_factory.mktemp("cluster"), durable=False) as cluster:
        yield cluster


@pytest.fixture
def database(cluster, request) -> Iterator[str]:
    """The address of an empty database of its own."""
    name = f"scratch_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(cluster.database_url(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield cluster.database_url().replace("/plaza?", f"/{name}?")
    with psycopg.connect(cluster.database_url(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class OtherPlaza:
    """Another process that wants the database of the same folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER_PLAZA, str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.started_here, self.server_pid, self.url = json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other_plaza() -> Iterator[Callable[[Path], OtherPlaza]]:
    made: list[OtherPlaza] = []

    def start(folder: Path) -> OtherPlaza:
        made.append(OtherPlaza(folder))
        return made[-1]

    yield start
    for other in made:
        if other.process.poll() is None:
            other.end()


@pytest.fixture
def ordinary_user() -> Account:
    """A user without rights of root; the test runs Python as it (see `python_as`)."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    return server_account(Path("/nonexistent"))


@pytest.fixture
def python_as(ordinary_user) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run code with Plaza's packages as the ordinary user."""
    same_version = shutil.which(f"python3.{sys.version_info[1]}", path="/usr/bin:/usr/local/bin")
    places = [Path(sys.executable), Path(same_version or "/nonexistent")]
    python = next((place for place in places if place.is_file() and ordinary_user.reaches(place)), None)
    packages = Path(sysconfig.get_path("purelib"))
    if python is None or not ordinary_user.reaches(packages) or not ordinary_user.reaches(ROOT):
        pytest.skip("the ordinary user may not read this Python or this checkout")

    def run(code: str, *arguments: str, uid: int | None = None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(python), "-B", "-c", code, *arguments],
            cwd="/", env={"PYTHONPATH": f"{packages}:{ROOT}"}, capture_output=True, text=True, check=False,
            user=uid or ordinary_user.uid, group=ordinary_user.gid, extra_groups=[],
        )  # fmt: skip

    return run


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many megabytes; a second call makes it larger. Needs root (mount)."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mount(megabytes: int) -> Path:
        options = f"size={megabytes}m,mode=0755" + (",remount" if disk.is_mount() else "")
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(disk)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0:
            pytest.skip("a small disk can be mounted only by root")
        return disk

    yield mount
    if disk.is_mount():
        subprocess.run(["umount", disk], check=True)


@pytest.fixture
def filled(database) -> str:
    """A database with two cities, three meetings, a vector each."""
    execute(database, ROOMS)
    return database


@pytest.fixture
def media(tmp_path) -> Path:
    folder = tmp_path / "media"
    (folder / "recordings").mkdir(parents=True)
    (folder / "recordings" / "foro de alcaldías 1.vtt").write_bytes(b"WEBVTT\n")
    (folder / "logo.svg").write_bytes(b"<svg/>")
    return folder


@pytest.fixture
def saved(filled, media, tmp_path) -> Path:
    """A backup of the filled database and the media."""
    backup(filled, media, tmp_path / "plaza.tar")
    return tmp_path / "plaza.tar"


@pytest.fixture
def empty(cluster) -> Iterator[str]:
    """A second database, with nothing in it."""
    execute(cluster.database_url(), "CREATE DATABASE elsewhere")
    yield cluster.database_url().replace("/plaza?", "/elsewhere?")
    execute(cluster.database_url(), "DROP DATABASE elsewhere WITH (FORCE)")


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def eventually(happened: Callable[[], object], seconds: float = 30) -> bool:
    pause = threading.Event()
    return any(happened() or pause.wait(0.05) for _ in range(int(seconds / 0.05)))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int) -> bool:
    """Whether this process ends within half a minute."""
    return eventually(lambda: not alive(pid))


def execute(url: str, statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(saved: Path, change: Callable[[dict], None]) -> Path:
    """The backup with its parts changed by `change(parts)`: name → bytes or TarInfo."""
    with tarfile.open(saved) as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}
    change(parts)
    with tarfile.open(saved, "w") as tar:
        for name, content in parts.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
            else:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return saved


def with_manifest(**changed: object) -> Callable[[dict], None]:
    def change(parts):
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changed).encode()

    return change

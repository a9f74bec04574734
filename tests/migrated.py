"""A database with all tables and nothing in them, from which the databases of a run are copied.

Migrating a new one costs ten seconds of the processor, copying it one. It stays for the next run, and is made anew as
soon as anything has changed that migrations are made of.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
# And what they may import: `tests/test_house.py` looks.
MADE_OF = (
    "plaza/*/migrations/*.py",
    "plaza/*/models.py",
    "plaza/*/models/*.py",
    "plaza/core/*.py",
    "requirements/dev.txt",
)
KEPT = "plaza_tests_migrated_"
IN_THE_MAKING = f"{KEPT}now"


def files() -> list[Path]:
    return sorted(file for pattern in MADE_OF for file in ROOT.glob(pattern))


def template() -> str:
    """Its name. Who asks while another process makes it waits."""
    made_of = hashlib.sha256()
    for file in files():
        made_of.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    name = KEPT + made_of.hexdigest()[:16]
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [KEPT])
        known = {
            row[0]
            for row in connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KEPT])
        }
        if name not in known:
            for old in known:
                connection.execute(f"DROP DATABASE {old}")
            connection.execute(f"CREATE DATABASE {IN_THE_MAKING}")
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "tests.settings",
                    "DATABASE_URL": beside(url, IN_THE_MAKING),
                },
                check=True,
            )
            connection.execute(f"ALTER DATABASE {IN_THE_MAKING} RENAME TO {name}")
    return name


def beside(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


if __name__ == "__main__":
    template()

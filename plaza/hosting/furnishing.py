"""What a new server needs before Plaza can use it: extensions, the owner role, its database."""

from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from plaza.hosting.errors import DiskFull, PasswordLost

# pgvector is not a trusted extension: in template1, every database made later (tests) has it.
EXTENSIONS = ("vector", "pg_trgm", "unaccent")


class Furnished(Protocol):
    folder: Path
    user: str
    database: str

    def database_url(self) -> str: ...

    def superuser_url(self, database: str = "postgres") -> str: ...


def furnish(cluster: Furnished) -> None:
    """Make whatever is missing; a second call changes nothing. Raises PasswordLost, DiskFull."""
    try:
        psycopg.connect(cluster.database_url(), connect_timeout=30).close()
        return  # the usual case
    except psycopg.OperationalError:
        pass  # no such role or database yet, or another password
    try:
        with _connect(cluster.superuser_url("template1")) as template:
            for name in EXTENSIONS:
                template.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        with _connect(cluster.superuser_url()) as server:
            _make_owner(server, cluster)
    except psycopg.errors.DiskFull as problem:
        raise DiskFull(folder=cluster.folder) from problem
    except psycopg.OperationalError as problem:
        if "password authentication failed" not in str(problem):
            raise
        raise PasswordLost(file=cluster.folder / "postgres.password") from problem


def _make_owner(server: "psycopg.Connection[tuple[object, ...]]", cluster: Furnished) -> None:
    role, database = sql.Identifier(cluster.user), sql.Identifier(cluster.database)
    password = sql.Literal(conninfo_to_dict(cluster.database_url())["password"])
    known = server.execute("SELECT FROM pg_roles WHERE rolname = %s", [cluster.user]).rowcount
    # Row-level security is void for superusers and for roles with BYPASSRLS.
    rights = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB PASSWORD {}").format(password)
    verb = sql.SQL("ALTER" if known else "CREATE")
    server.execute(sql.SQL("{} ROLE {} {}").format(verb, role, rights))
    if not server.execute("SELECT FROM pg_database WHERE datname = %s", [cluster.database]).rowcount:
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(url, autocommit=True, connect_timeout=30)

"""Bringing a command to a database: the host's own where DATABASE_URL names one, else the embedded one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plaza.hosting.cluster import running


def var() -> Path:
    """The folder of everything that is not code: database, files, keys, sockets."""
    return Path(os.environ.get("PLAZA_VAR", "var")).absolute()


@contextmanager
def connected(*, furnished: bool = True) -> Iterator[None]:
    """Django, set up, with a database that answers. The embedded one ends again if we started it.

    `furnished`: a new embedded database gets its tables, whatever the first command is.
    """
    folder = var()
    os.environ["PLAZA_VAR"] = str(folder)
    _secret_key(folder)
    _encoders(folder)
    if os.environ.get("DATABASE_URL"):
        _set_up()
        yield
        return
    with running(folder / "postgres") as cluster:
        os.environ["DATABASE_URL"] = cluster.database_url()
        _set_up()
        try:
            if furnished:
                _furnish()
            yield
        finally:
            _disconnect()


def encoder_socket(folder: Path) -> Path:
    return folder / "encoders.sock"


def _encoders(folder: Path) -> None:
    """Uses the encoder process of a running installation; a process of our own costs a second and memory."""
    socket = encoder_socket(folder)
    if "PLAZA_EMBEDDER_SOCKET" not in os.environ and socket.exists():
        from plaza.retrieval.encoders.client import answers  # slow import

        if answers(str(socket)):
            os.environ["PLAZA_EMBEDDER_SOCKET"] = str(socket)


def _secret_key(folder: Path) -> None:
    """A key of this installation's own, made once, for a host that sets none."""
    if os.environ.get("SECRET_KEY"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret-key"
    if not file.exists():
        made = file.with_suffix(".new")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        made.replace(file)
    os.environ["SECRET_KEY"] = file.read_text().strip()


def _set_up() -> None:
    import django  # slow import

    django.setup()


def _furnish() -> None:
    from django.core.management import call_command  # needs settings
    from django.db import connection  # needs settings

    if "django_migrations" not in connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)


def _disconnect() -> None:
    from django.db import connections  # slow import

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it

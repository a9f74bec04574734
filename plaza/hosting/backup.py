"""Backup and restore: the database and the media files in one file, whole or not at all.

A restore goes into a scratch database beside the old one, is checked there, and takes the old
one's name in one transaction. (pg_restore --single-transaction into the old database would also
roll back, but could be checked only after its commit, and would lock the pages out meanwhile.)
A backup holds SQL that the restore runs, and personal data: restore only files you made, and
keep them as you keep the database.
"""

import datetime as dt
import os
import secrets
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import IsolationLevel, sql
from psycopg.conninfo import make_conninfo

from plaza.hosting import dumps
from plaza.hosting.archive import DUMP, MANIFEST, add_file, media_files, open_part, verified
from plaza.hosting.errors import (
    BackupInsideMedia,
    CannotReplace,
    DamagedBackup,
    DiskFull,
    FileNotReadable,
    NotEmpty,
    OlderServer,
    RowsDiffer,
)
from plaza.hosting.manifest import Manifest, Part
from plaza.hosting.media import holds_files, swap, unpacked
from plaza.hosting.places import sync_folder, writing_in


def backup(database_url: str, media: Path | None, to: Path) -> Manifest:
    """Write the file `to` (a tar, mode 0600) beside the running Plaza; returns what it holds.

    Dump and row counts are of one moment; media files are read after it, so each file that a row
    names is there (unless it was erased meanwhile). The folder of `to` needs room for the file
    and once more for the dump. Raises DiskFull, FolderNotWritable, DatabaseUnreachable,
    RowsHidden, NoPrograms or ProgramFailed; then there is no file, or the one from before.
    """
    if media is not None and to.resolve().is_relative_to(media.resolve()):
        raise BackupInsideMedia(file=to, folder=media)
    fresh = to.with_name(f".{to.name}.{secrets.token_hex(4)}.new")
    dumped = fresh.with_suffix(".dump")
    try:
        with writing_in(to.parent):
            to.parent.mkdir(parents=True, exist_ok=True)
            for path in (fresh, dumped):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
            with tarfile.open(fresh, "w:") as tar:
                manifest = _write(tar, database_url, media, dumped)
            with fresh.open("rb") as written:
                os.fsync(written.fileno())
            fresh.rename(to)
            sync_folder(to.parent)
    finally:
        fresh.unlink(missing_ok=True)
        dumped.unlink(missing_ok=True)
    return manifest


def _write(tar: tarfile.TarFile, database_url: str, media: Path | None, dumped: Path) -> Manifest:
    parts: dict[str, Part | None] = {}
    with dumps.connected(database_url) as database:
        database.isolation_level = IsolationLevel.REPEATABLE_READ
        (snapshot,) = database.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        rows, extensions = dumps.row_counts(database), dumps.extensions(database)
        server = database.info.server_version // 10000
        postgresql = f"{server}.{database.info.server_version % 10000}"
        dumps.dump(database_url, dumped, snapshot=snapshot, server=server)
    parts[DUMP] = add_file(tar, DUMP, dumped)
    for name, path in media_files(media) if media else ():
        parts[name] = add_file(tar, name, path)
    made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    held = {name: part for name, part in parts.items() if part is not None}
    manifest = Manifest(made, postgresql, extensions, rows, held)
    dumped.write_bytes(manifest.to_json())
    add_file(tar, MANIFEST, dumped)
    return manifest


def restore(source: Path, database_url: str, media: Path | None, *, replace: bool = False) -> Manifest:
    """Put a backup in place; with `replace`, instead of the tables and files that are there.

    Everything is checked before anything is touched: names, checksums, versions. A failure
    leaves the old data as they were; so does a kill, but for a database `plaza-restoring-…` and a
    folder `.plaza-restoring-…` among the media, which may be deleted (killed in the instant
    between database and files, the new database stands with the old files: restore again).
    `media=None` leaves the files in the backup. Everything will belong to the owner of the
    database. Raises a HostingError.
    """
    with _opened(source) as tar:
        manifest = verified(tar, source)
        with dumps.connected(database_url, autocommit=True) as database:
            name, owner = _name_and_owner(database)
            ours = database.info.server_version // 10000
            if ours < manifest.postgresql_major:
                raise OlderServer(found=manifest.postgresql, ours=ours)
            is_empty = not dumps.tables(database)
        if not (is_empty or replace):
            raise NotEmpty(place=name)
        if media is not None and holds_files(media) and not replace:
            raise NotEmpty(place=media)

        mark = secrets.token_hex(4)
        with ExitStack() as undo:
            fresh = undo.enter_context(unpacked(tar, media, mark)) if media is not None else None
            if is_empty:  # nothing to lose, and a role that may not create databases is enough
                _fill(tar, manifest, database_url, owner)
                if media is not None and fresh is not None:
                    swap(media, fresh)
                return manifest
            upkeep = undo.enter_context(dumps.connected(_upkeep_url(database_url, name), autocommit=True))
            scratch, old = f"plaza-restoring-{mark}", f"plaza-before-{mark}"
            _create(upkeep, scratch, owner, name)
            with ExitStack() as back:
                back.callback(_drop, upkeep, scratch)
                _fill(tar, manifest, make_conninfo(database_url, dbname=scratch), owner)
                _rename(upkeep, name, scratch, old)
                back.callback(_rename, upkeep, name, old, scratch)
                if media is not None and fresh is not None:
                    swap(media, fresh)
                back.pop_all()
            _drop(upkeep, old)
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    with ExitStack() as closing:
        try:
            tar = closing.enter_context(tarfile.open(source, "r:"))
        except PermissionError as problem:
            raise FileNotReadable(file=source) from problem
        except (tarfile.TarError, OSError, EOFError, ValueError) as problem:
            raise DamagedBackup(file=source, reason=problem) from problem
        yield tar


def _name_and_owner(database: dumps.Connection) -> tuple[str, str]:
    asked = "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    name, owner = database.execute(asked).fetchone() or ("", "")
    return name, owner


def _create(upkeep: dumps.Connection, scratch: str, owner: str, name: str) -> None:
    made = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(scratch), sql.Identifier(owner))
    try:
        upkeep.execute(made)
    except psycopg.errors.InsufficientPrivilege as problem:
        raise CannotReplace(database=name, reason=problem.diag.message_primary) from problem
    except psycopg.errors.DiskFull as problem:
        raise DiskFull(folder="PostgreSQL") from problem


def _fill(tar: tarfile.TarFile, manifest: Manifest, url: str, owner: str) -> None:
    """Extensions, rows, statistics for the planner; then count what came."""
    with dumps.connected(url, autocommit=True) as database:
        dumps.create_extensions(database, manifest.extensions)
        with open_part(tar, DUMP) as dumped:
            dumps.load(url, dumped, owner=owner, server=database.info.server_version // 10000)
        database.execute("ANALYZE")
        with database.transaction(force_rollback=True):
            dumps.unforce_row_security(database)
            found = dumps.row_counts(database)
    for table in sorted(found.keys() | manifest.rows.keys()):
        if found.get(table) != manifest.rows.get(table):
            raise RowsDiffer(table=table, found=found.get(table, 0), expected=manifest.rows.get(table, 0))


def _rename(upkeep: dumps.Connection, name: str, new: str, old: str) -> None:
    """`name` becomes `old` and `new` becomes `name`, both or neither. Ends connections to them."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    away = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = ANY(%s) AND backend_type = 'client backend'
                 AND pg_has_role(usesysid, 'USAGE')"""
    for is_last in (False, False, True):  # who was sent away may come back before the rename
        try:
            upkeep.execute(away, [[name, new]])
            with upkeep.transaction():
                upkeep.execute(rename.format(sql.Identifier(name), sql.Identifier(old)))
                upkeep.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))
        except (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege) as problem:
            if is_last or isinstance(problem, psycopg.errors.InsufficientPrivilege):
                raise CannotReplace(database=name, reason=problem.diag.message_primary) from problem
        else:
            return


def _drop(upkeep: dumps.Connection, name: str) -> None:
    upkeep.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _upkeep_url(database_url: str, name: str) -> str:
    """Another database of the server, for nobody may be inside one that is renamed."""
    return make_conninfo(database_url, dbname="template1" if name == "postgres" else "postgres")

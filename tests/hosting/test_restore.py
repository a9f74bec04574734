"""A city's data come back whole, or what was there before stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from plaza.hosting.backup import backup, restore
from plaza.hosting.errors import (
    CannotReplace,
    DiskFull,
    FolderNotWritable,
    NotEmpty,
    ProgramFailed,
    RowsDiffer,
)
from tests.hosting.conftest import ROOT, eventually, execute, files, rewritten, rows, with_manifest

# Its server is started in one process only.
pytestmark = pytest.mark.xdist_group("hosting restore")

QUITO_AND_LIMA = [(1, "Quito", "[1,2]"), (2, "Lima", "[3,4]")]
CITIES = "SELECT id, name, place::text FROM cities ORDER BY id"


def databases(cluster):
    known = "SELECT datname FROM pg_database WHERE datname LIKE 'plaza-%'"
    return rows(cluster.superuser_url(), known)


def test_restore_on_an_empty_machine_brings_back_rows_and_files(saved, media, empty, tmp_path):
    manifest = restore(saved, empty, tmp_path / "new" / "media")

    assert manifest.rows == {"public.cities": 2, "public.meetings": 3}
    assert rows(empty, CITIES) == QUITO_AND_LIMA
    assert rows(empty, "INSERT INTO cities (name) VALUES ('Recife') RETURNING id") == [(3,)]
    assert rows(empty, "SELECT tableowner FROM pg_tables WHERE tablename = 'cities'") == [("plaza",)]
    assert files(tmp_path / "new" / "media") == files(media)
    assert sorted(os.listdir(tmp_path / "new" / "media")) == ["logo.svg", "recordings"]


def test_restore_over_a_database_that_holds_tables_is_refused(saved, filled):
    execute(filled, "UPDATE cities SET name = 'San Francisco de Quito' WHERE id = 1")

    with pytest.raises(NotEmpty) as refusal:
        restore(saved, filled, None)

    assert refusal.value.values == {"place": psycopg.conninfo.conninfo_to_dict(filled)["dbname"]}
    assert rows(filled, CITIES) == [(1, "San Francisco de Quito", "[1,2]"), (2, "Lima", "[3,4]")]


def test_restore_over_media_files_is_refused(saved, empty, media):
    (media / "logo.svg").write_bytes(b"new")

    with pytest.raises(NotEmpty) as refusal:
        restore(saved, empty, media)

    assert refusal.value.values == {"place": str(media)}
    assert (media / "logo.svg").read_bytes() == b"new"
    assert rows(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_restore_that_replaces_brings_back_the_old_state_even_while_somebody_is_connected(
    saved, filled, media, cluster
):
    before = files(media)
    execute(filled, "DROP TABLE meetings; DELETE FROM cities; CREATE TABLE later (x integer)")
    (media / "logo.svg").unlink()
    (media / "later.txt").write_bytes(b"later")
    visitor = psycopg.connect(filled)

    restore(saved, filled, media, replace=True)

    visitor.close()
    assert rows(filled, CITIES) == QUITO_AND_LIMA
    assert rows(filled, "SELECT to_regclass('later')") == [(None,)]
    assert files(media) == before
    assert databases(cluster) == []


def test_restore_by_the_superuser_leaves_everything_to_the_owner_of_the_database(saved, filled, cluster):
    name = psycopg.conninfo.conninfo_to_dict(filled)["dbname"]

    restore(saved, cluster.superuser_url(name), None, replace=True)

    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert rows(filled, owners) == [("plaza",)]
    assert rows(filled, CITIES) == QUITO_AND_LIMA


def test_restore_that_fails_in_the_middle_leaves_the_old_data(saved, filled, media, cluster):
    rewritten(saved, with_manifest(rows={"public.cities": 2, "public.meetings": 4}))
    execute(filled, "UPDATE cities SET name = 'Bogotá' WHERE id = 1")
    (media / "logo.svg").write_bytes(b"newer")
    before = files(media)

    with pytest.raises(RowsDiffer) as failure:
        restore(saved, filled, media, replace=True)

    assert failure.value.values == {"table": "public.meetings", "found": "3", "expected": "4"}
    assert rows(filled, "SELECT name FROM cities ORDER BY id") == [("Bogotá",), ("Lima",)]
    assert files(media) == before
    assert sorted(os.listdir(media)) == ["logo.svg", "recordings"]
    assert databases(cluster) == []


def test_media_that_cannot_be_swapped_put_the_old_database_back(saved, filled, media, cluster, monkeypatch):
    execute(filled, "UPDATE cities SET name = 'Bogotá' WHERE id = 1")
    before, rename, calls = files(media), Path.rename, []

    def failing(self, target):
        calls.append(self)
        if len(calls) == 3:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(FolderNotWritable, match="Permission denied"):
        restore(saved, filled, media, replace=True)
    monkeypatch.undo()

    assert rows(filled, "SELECT name FROM cities ORDER BY id") == [("Bogotá",), ("Lima",)]
    assert files(media) == before
    assert databases(cluster) == []


def test_role_that_may_create_no_database_fills_an_empty_one_and_cannot_replace(saved, empty, cluster):
    execute(cluster.superuser_url(), "CREATE ROLE modest LOGIN PASSWORD 'secret'")
    execute(cluster.superuser_url(), "ALTER DATABASE elsewhere OWNER TO modest")
    modest = psycopg.conninfo.make_conninfo(empty, user="modest", password="secret")

    restore(saved, modest, None)
    assert rows(modest, CITIES) == QUITO_AND_LIMA
    with pytest.raises(CannotReplace) as refusal:
        restore(saved, modest, None, replace=True)

    assert refusal.value.values == {"database": "elsewhere", "reason": "permission denied to create database"}
    execute(cluster.superuser_url(), "ALTER DATABASE elsewhere OWNER TO plaza")
    execute(cluster.superuser_url("elsewhere"), "REASSIGN OWNED BY modest TO plaza; DROP OWNED BY modest")
    execute(cluster.superuser_url(), "DROP ROLE modest")


def test_no_room_for_the_media_is_said_before_anything_is_touched(empty, filled, media, small_disk, tmp_path):
    (media / "recording.mp3").write_bytes(os.urandom(2_000_000))
    backup(filled, media, tmp_path / "large.tar")

    with pytest.raises(DiskFull):
        restore(tmp_path / "large.tar", empty, small_disk(1) / "media")

    assert rows(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_media_folder_that_is_a_disk_of_its_own_is_restored_in_place(saved, empty, media, small_disk):
    disk = small_disk(4)
    (disk / "old.txt").write_bytes(b"old")

    restore(saved, empty, disk, replace=True)

    assert files(disk) == files(media)


def test_dump_that_the_database_refuses_leaves_the_old_data(filled, cluster, tmp_path):
    execute(cluster.superuser_url(), "CREATE ROLE reader")
    execute(filled, "GRANT SELECT ON cities TO reader")
    backup(filled, None, tmp_path / "plaza.tar")
    execute(filled, "REVOKE SELECT ON cities FROM reader; DELETE FROM meetings")
    execute(cluster.superuser_url(), "DROP ROLE reader")

    with pytest.raises(ProgramFailed, match='role "reader" does not exist'):
        restore(tmp_path / "plaza.tar", filled, None, replace=True)

    assert rows(filled, "SELECT count(*) FROM meetings") == [(0,)]
    assert databases(cluster) == []


def test_restore_killed_in_the_middle_leaves_the_old_data(filled, media, cluster, tmp_path):
    # The check of this table takes very long, but only while it is being restored.
    execute(filled, """
        CREATE FUNCTION slow() RETURNS boolean LANGUAGE sql VOLATILE AS
            $$ SELECT current_database() NOT LIKE 'plaza-%' OR pg_sleep(600) IS NULL $$;
        CREATE TABLE waits (x integer CHECK (public.slow()));
        INSERT INTO waits VALUES (1);
    """)  # fmt: skip
    backup(filled, media, tmp_path / "plaza.tar")
    execute(filled, "DELETE FROM meetings")
    (media / "logo.svg").write_bytes(b"newer")
    before = files(media)
    code = (
        "import sys; from pathlib import Path; from plaza.hosting.backup import restore\n"
        "restore(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), replace=True)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "plaza.tar"), filled, str(media)]
    restoring = subprocess.Popen(command, cwd=ROOT)
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    assert eventually(lambda: rows(cluster.superuser_url(), sleeping) == [(1,)])

    restoring.send_signal(signal.SIGKILL)
    restoring.wait()

    assert rows(filled, "SELECT count(*) FROM meetings") == [(0,)]
    assert {name: part for name, part in files(media).items() if not name.startswith(".plaza-")} == before
    for (left,) in databases(cluster):
        execute(cluster.superuser_url(), f'DROP DATABASE "{left}" WITH (FORCE)')

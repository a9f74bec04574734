"""A city's data leave in one file, whole or not at all."""

import hashlib
import json
import os
import stat
import tarfile
import tempfile

import psycopg
import pytest

from plaza.hosting.backup import backup, restore
from plaza.hosting.errors import BackupInsideMedia, DatabaseUnreachable, DiskFull, RowsHidden
from tests.hosting.conftest import execute, files, rows

# Its server is started in one process only.
pytestmark = pytest.mark.xdist_group("hosting backup")


def test_backup_says_what_it_holds(filled, media, tmp_path):
    to = tmp_path / "backups" / "plaza.tar"

    manifest = backup(filled, media, to)

    with tarfile.open(to) as tar:
        content = {member.name: tar.extractfile(member).read() for member in tar}
    said = json.loads(content.pop("manifest.json"))
    assert said["parts"] == {
        name: {"sha256": hashlib.sha256(part).hexdigest(), "bytes": len(part)} for name, part in content.items()
    }
    assert sorted(content) == ["database.dump", "media/logo.svg", "media/recordings/foro de alcaldías 1.vtt"]
    assert said["rows"] == {"public.cities": 2, "public.meetings": 3} == manifest.rows
    assert (said["format"], said["postgresql"]) == (1, manifest.postgresql)
    assert said["extensions"] == ["vector", "pg_trgm", "unaccent"]
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert os.listdir(to.parent) == ["plaza.tar"]


def test_rows_under_forced_row_security_are_saved_by_the_superuser_only(filled, cluster, empty, tmp_path):
    execute(filled, """
        CREATE TABLE reports AS SELECT 'unit 12' AS bus;
        ALTER TABLE reports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)  # fmt: skip
    with pytest.raises(RowsHidden) as refusal:
        backup(filled, None, tmp_path / "plaza.tar")
    assert refusal.value.values == {"role": "plaza"}
    assert os.listdir(tmp_path) == []

    name = psycopg.conninfo.conninfo_to_dict(filled)["dbname"]
    manifest = backup(cluster.superuser_url(name), None, tmp_path / "plaza.tar")
    restore(tmp_path / "plaza.tar", empty, None)

    assert manifest.rows == {"public.cities": 2, "public.meetings": 3, "public.reports": 1}
    assert rows(empty, "SELECT bus FROM reports") == []
    asked = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'reports'"
    assert rows(empty, asked) == [(True, True)]


def test_full_disk_while_writing_leaves_no_file_or_the_one_from_before(filled, media, small_disk):
    disk = small_disk(1)
    (media / "recording.mp3").write_bytes(os.urandom(2_000_000))
    (disk / "plaza.tar").write_bytes(b"yesterday's")

    for name in ("plaza.tar", "new.tar"):
        with pytest.raises(DiskFull) as refusal:
            backup(filled, media, disk / name)
        assert refusal.value.values == {"folder": str(disk)}

    assert files(disk) == {"plaza.tar": b"yesterday's"}


def test_full_disk_during_the_dump_leaves_no_file(filled, small_disk):
    disk = small_disk(1)
    execute(filled, "CREATE TABLE noise AS SELECT gen_random_uuid() FROM generate_series(1, 150000)")

    with pytest.raises(DiskFull) as refusal:
        backup(filled, None, disk / "plaza.tar")

    assert refusal.value.values == {"folder": str(disk)}
    assert files(disk) == {}


def test_backup_inside_the_media_folder_is_refused(filled, media):
    with pytest.raises(BackupInsideMedia):
        backup(filled, media, media / "backups" / "plaza.tar")


def test_symbolic_link_among_the_media_is_not_followed(filled, media, tmp_path):
    (media / "secret").symlink_to("/etc/passwd")

    manifest = backup(filled, media, tmp_path / "plaza.tar")

    assert "media/secret" not in manifest.parts


def test_database_that_is_down_is_said(tmp_path):
    with tempfile.TemporaryDirectory() as nowhere, pytest.raises(DatabaseUnreachable):
        backup(f"postgresql://plaza@/plaza?host={nowhere}", None, tmp_path / "plaza.tar")

    assert os.listdir(tmp_path) == []

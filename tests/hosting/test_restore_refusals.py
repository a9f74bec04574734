"""Files that are no backup, or no longer, or not ours: refused before anything is touched."""

import io
import json
import os
import tarfile

import pytest

from plaza.hosting.backup import restore
from plaza.hosting.errors import DamagedBackup, OlderServer, OtherFormat
from tests.hosting.conftest import execute, rewritten, rows, with_manifest

# Its server is started in one process only.
pytestmark = pytest.mark.xdist_group("hosting restore_refusals")


@pytest.mark.parametrize(
    ("part", "at"),
    [("database.dump", 200), ("media/logo.svg", 2), ("manifest.json", 2)],
    ids=["dump", "file", "manifest"],
)
def test_damaged_backup_file_is_named_and_touches_nothing(saved, filled, media, part, at):
    with tarfile.open(saved) as tar:
        place = tar.getmember(part).offset_data + at
    with saved.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 1]))
    execute(filled, "DELETE FROM meetings")

    with pytest.raises(DamagedBackup) as refusal:
        restore(saved, filled, media, replace=True)

    assert refusal.value.values == {"file": str(saved), "reason": part}
    assert rows(filled, "SELECT count(*) FROM meetings") == [(0,)]


@pytest.mark.parametrize("part", ["database.dump", "media/logo.svg", "manifest.json"])
def test_backup_file_cut_short_is_refused(saved, empty, part):
    with tarfile.open(saved) as tar:
        last = tar.getmember(part)
    os.truncate(saved, last.offset_data + last.size - 1)

    with pytest.raises(DamagedBackup):
        restore(saved, empty, None)

    assert rows(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.parametrize(
    "content",
    [b"", b"dear mayor, " * 1000, b"\x1f\x8b gzip", None],
    ids=["empty", "letter", "gzip", "missing"],
)
def test_file_that_is_no_backup_is_refused(empty, tmp_path, content):
    source = tmp_path / "letter.tar"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(DamagedBackup):
        restore(source, empty, None)


def link(name, target):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("media/../../evil", b"x"),
        ("/etc/evil", b"x"),
        ("media//evil", b"x"),
        ("evil", b"x"),
        ("media/link", link("media/link", "/etc/passwd")),
        ("media/unannounced", b"x"),
    ],
)
def test_backup_with_a_name_that_is_not_expected_is_refused(saved, empty, tmp_path, name, content):
    rewritten(saved, lambda parts: parts.update({name: content}))

    with pytest.raises(DamagedBackup) as refusal:
        restore(saved, empty, tmp_path / "new")

    assert refusal.value.values == {"file": str(saved), "reason": name}
    assert not (tmp_path / "new").exists()


def test_backup_with_a_sparse_giant_is_refused(saved, empty, tmp_path):
    giant = tarfile.TarInfo("media/giant")
    giant.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(10**15)}
    giant.size = 512
    content = b"1\n0\n1\n".ljust(512, b"\0")
    with tarfile.open(saved, "a") as tar:
        tar.addfile(giant, io.BytesIO(content))

    with pytest.raises(DamagedBackup):
        restore(saved, empty, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_backup_of_another_format_is_refused(saved, empty):
    rewritten(saved, with_manifest(format=2))

    with pytest.raises(OtherFormat) as refusal:
        restore(saved, empty, None)

    assert refusal.value.values == {"file": str(saved), "found": "2", "ours": "1"}


def test_backup_of_a_newer_postgresql_is_refused(saved, empty):
    rewritten(saved, with_manifest(postgresql="99.1"))

    with pytest.raises(OlderServer) as refusal:
        restore(saved, empty, None)

    assert refusal.value.values == {"found": "99.1", "ours": "18"}


@pytest.mark.parametrize("field", ["rows", "parts", "made", "extensions", "postgresql"])
def test_backup_without_a_field_of_its_manifest_is_refused(saved, empty, field):
    def leave_out(parts):
        said = json.loads(parts["manifest.json"])
        del said[field]
        parts["manifest.json"] = json.dumps(said).encode()

    rewritten(saved, leave_out)

    with pytest.raises(DamagedBackup) as refusal:
        restore(saved, empty, None)

    assert refusal.value.values == {"file": str(saved), "reason": "manifest.json"}

"""The tar file of a backup: database.dump, media/…, and manifest.json as the last.

It is not compressed (the dump is, sound and pictures are), so unpacking it takes no more room
than the file itself. Reading accepts only what writing makes: plain files with expected names.
"""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from plaza.hosting.errors import DamagedBackup, DiskFull, FileNotReadable
from plaza.hosting.manifest import Manifest, Part

MANIFEST, DUMP, MEDIA = "manifest.json", "database.dump", "media/"
RESTORING = ".plaza-restoring-"  # a restore that was killed left this folder among the media
LONGEST_MANIFEST = 256 * 1024 * 1024  # bytes; 100,000 media files need about 15 MB
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Hashing:
    """A file to read from that hashes what is read."""

    file: IO[bytes]
    sha256: "hashlib._Hash"

    def read(self, size: int = -1) -> bytes:
        got = self.file.read(size)
        self.sha256.update(got)
        return got


def add_file(tar: tarfile.TarFile, name: str, path: Path) -> Part | None:
    """None when the file went away meanwhile (a person's data were erased)."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    except PermissionError as problem:
        raise FileNotReadable(file=path) from problem
    with file:
        info = tar.gettarinfo(arcname=name, fileobj=file)
        info.type, info.linkname = tarfile.REGTYPE, ""  # hard links are files like others
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        hashing = Hashing(file, hashlib.sha256())
        tar.addfile(info, hashing)
    return Part(hashing.sha256.hexdigest(), info.size)


def media_files(media: Path) -> Iterator[tuple[str, Path]]:
    """Name in the archive and path of every plain file; symbolic links are not followed."""
    for parent, folders, files in os.walk(media):
        folders[:] = sorted(name for name in folders if not name.startswith(RESTORING))
        for name in sorted(files):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield MEDIA + path.relative_to(media).as_posix(), path


def verified(tar: tarfile.TarFile, source: Path) -> Manifest:
    """Read the whole file and compare names, sizes and sha256 with the manifest.

    Raises DamagedBackup or OtherFormat; touches nothing.
    """
    try:
        members = _plain_members(tar, source)
        if MANIFEST not in members or members[MANIFEST].size > LONGEST_MANIFEST:
            raise DamagedBackup(file=source, reason=MANIFEST)
        manifest = Manifest.from_json(_open(tar, members.pop(MANIFEST)).read(), source)
        if members.keys() != manifest.parts.keys() or DUMP not in members:
            odd = sorted(members.keys() ^ manifest.parts.keys() or {DUMP})[0]
            raise DamagedBackup(file=source, reason=odd)
        for name, member in members.items():
            found = Part(_sha256(_open(tar, member)), member.size)
            if found != manifest.parts[name]:
                raise DamagedBackup(file=source, reason=name)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as problem:
        raise DamagedBackup(file=source, reason=problem) from problem
    return manifest


def open_part(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    return _open(tar, tar.getmember(name))


def unpack_media(tar: tarfile.TarFile, folder: Path) -> None:
    """Write the media files below `folder`, for its owner; call `verified` before. Raises DiskFull."""
    members = [member for member in tar.getmembers() if member.name.startswith(MEDIA)]
    if shutil.disk_usage(folder).free < sum(member.size for member in members):
        raise DiskFull(folder=folder)
    for member in members:
        path = folder / member.name.removeprefix(MEDIA)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _open(tar, member) as part, path.open("xb") as out:
            shutil.copyfileobj(part, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
        path.chmod(member.mode & 0o666 | 0o600)
        os.utime(path, (member.mtime, member.mtime))


def _sha256(part: IO[bytes]) -> str:
    sha256 = hashlib.sha256()
    while chunk := part.read(CHUNK):
        sha256.update(chunk)
    return sha256.hexdigest()


def _plain_members(tar: tarfile.TarFile, source: Path) -> dict[str, tarfile.TarInfo]:
    members: dict[str, tarfile.TarInfo] = {}
    for member in tar:
        # isreg() would also accept sparse files, which unpack to any size.
        is_plain = member.type == tarfile.REGTYPE and member.sparse is None
        if not is_plain or not _is_expected(member.name) or member.name in members:
            raise DamagedBackup(file=source, reason=member.name)
        members[member.name] = member
    return members


def _is_expected(name: str) -> bool:
    if name in (MANIFEST, DUMP):
        return True
    steps = name.removeprefix(MEDIA).split("/")
    return name.startswith(MEDIA) and "\0" not in name and not {"", ".", ".."} & set(steps)


def _open(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    part = tar.extractfile(member)
    if part is None:  # only of what is no plain file
        raise tarfile.ReadError(member.name)
    return part

"""Putting restored media files in the place of the old ones, inside the folder itself.

The folder may be a mount point, which cannot be renamed and whose parent is another disk.
"""

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plaza.hosting.archive import RESTORING, unpack_media
from plaza.hosting.places import sync_folder, writing_in


def holds_files(media: Path) -> bool:
    return media.is_dir() and any(_entries(media))


@contextmanager
def unpacked(tar: tarfile.TarFile, media: Path, mark: str) -> Iterator[Path]:
    """The files of the backup in a hidden folder of `media`; whatever lies there at the end is removed."""
    fresh = media / f"{RESTORING}{mark}"
    try:
        with writing_in(media):
            (fresh / "new").mkdir(parents=True)
            (fresh / "old").mkdir()
            unpack_media(tar, fresh / "new")
            _as_owned(fresh / "new", media)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def swap(media: Path, fresh: Path) -> None:
    """What is in `media` goes to fresh/old, and fresh/new comes in; all is put back when one rename fails."""
    moved: list[tuple[Path, Path]] = []
    with writing_in(media):
        try:
            for source, target in ((media, fresh / "old"), (fresh / "new", media)):
                for entry in _entries(source):
                    entry.rename(target / entry.name)
                    moved.append((entry, target / entry.name))
        except OSError:
            for before, now in reversed(moved):
                now.rename(before)
            raise
        sync_folder(media)


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith(RESTORING))


def _as_owned(folder: Path, model: Path) -> None:
    """Root restores for the user who runs Plaza: the files belong to whom the media folder belongs."""
    if os.geteuid() == 0:
        owner = model.stat()
        for parent, _, files in os.walk(folder):
            for path in (Path(parent), *(Path(parent, name) for name in files)):
                os.chown(path, owner.st_uid, owner.st_gid)

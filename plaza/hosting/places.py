"""Where one embedded server keeps things: its folder, and a short private one where that is not enough."""

import errno
import fcntl
import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plaza.hosting.accounts import Account
from plaza.hosting.errors import DiskFull, FolderNotWritable, FolderTaken

PORT = 5432  # names the socket only; nothing listens on the network
LONGEST_SOCKET_PATH = 107  # sockaddr_un.sun_path less its final zero, unix(7)
ELSEWHERE = "elsewhere"


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Turns the system's refusals to write into sentences for the host."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(folder=folder) from problem
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise FolderNotWritable(folder=folder, reason=problem.strerror) from problem
        raise


@contextmanager
def only_one(lock: Path, *, seconds: float) -> Iterator[None]:
    """Hold `lock` (flock: the kernel lets go of it when we die), or raise FolderTaken."""
    until = time.monotonic() + seconds
    with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)) as held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise FolderTaken(folder=lock.parent, pid="?") from None
                time.sleep(0.05)
        yield


def socket_folder(folder: Path, account: Account) -> Path:
    """The folder of the server's socket, made if need be: `run`, or a short private one."""
    run = folder / "run"
    _private(run, account)
    fits = len(os.fsencode(run / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH
    if fits and account.reaches(run):
        return run
    run = elsewhere(folder, account) / "run"
    _private(run, account)
    return run


def elsewhere(folder: Path, account: Account) -> Path:
    """A private folder under the temporary one with a short path that `account` can pass.

    Its name follows from `folder`, so that the socket's address stays the same; where somebody
    else has laid out that name, a random one. It is remembered in `folder`, for processes whose
    temporary folder is another.
    """
    remembered = _remembered(folder)
    if remembered and _is_ours(remembered) and account.reaches(remembered):
        return remembered
    usual = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    root = next((root for root in usual if len(str(root)) < 60 and account.reaches(root)), usual[0])
    made = root / f"plaza-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    with suppress(FileExistsError):
        made.mkdir(mode=0o700)
    if not _is_ours(made):
        made = Path(tempfile.mkdtemp(prefix="plaza-", dir=root))
    made.chmod(0o755 if account.is_other else 0o700)
    write_private(folder / ELSEWHERE, f"{made}\n{folder}\n")
    return made


def tidy(folder: Path) -> None:
    """Remove the place elsewhere when nothing is left in it, unless somebody is starting there."""
    place = _remembered(folder)
    if place is None:
        return
    with suppress(FolderTaken, OSError), only_one(folder / "lock", seconds=0):
        (place / "run").rmdir()  # refuses while a socket is in it
        place.rmdir()  # refuses while copied programs are in it
        (folder / ELSEWHERE).unlink()


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and for our eyes only (0600)."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, fsync(2)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def secret_in(path: Path) -> str:
    """The password kept in `path`, made at the first call."""
    if not path.is_file():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text()


def _private(path: Path, account: Account) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    account.owns(path)


def _remembered(folder: Path) -> Path | None:
    note = folder / ELSEWHERE
    if not note.is_file():
        return None
    place, _, belongs_to = note.read_text().rstrip().partition("\n")
    # A copy of the folder must not share a socket with the original.
    return Path(place) if belongs_to == str(folder) else None


def _is_ours(path: Path) -> bool:
    """Made by this user: everybody may write in the temporary folder."""
    return path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.geteuid()

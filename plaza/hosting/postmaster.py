"""Whose process postmaster.pid names. A process id alone proves nothing: ids are used again."""

import os
import subprocess
import sys
from enum import Enum
from pathlib import Path


class Owner(Enum):
    NOBODY = "no such process"
    SERVER = "PostgreSQL on this data folder"
    OTHER = "some other process: the id was used again"
    UNKNOWN = "a process of another user: PostgreSQL itself must decide"


def owner_pid(data: Path) -> int | None:
    """The process id that postmaster.pid names, whoever has it now."""
    return _pid_in(data / "postmaster.pid")


def stranger_pid(data: Path) -> int | None:
    """The id of a server that lives on this data folder."""
    pid = owner_pid(data)
    return pid if pid and _owner(pid, data) is Owner.SERVER else None


def forget_reused_pids(data: Path, socket_lock: Path) -> None:
    """Remove lock files of PostgreSQL that name a process which is not PostgreSQL.

    PostgreSQL would refuse to start for as long as that process lives (after a reboot, small ids
    are soon used again). Call it only when no process of an earlier server is left. A dead id
    is left alone: PostgreSQL sees that itself.
    """
    for file in (data / "postmaster.pid", socket_lock):
        pid = _pid_in(file)
        if pid and _owner(pid, data) is Owner.OTHER:
            file.unlink(missing_ok=True)


def _pid_in(file: Path) -> int | None:
    try:
        first = file.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def _owner(pid: int, data: Path) -> Owner:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return Owner.NOBODY
    except PermissionError:
        return Owner.UNKNOWN
    if sys.platform == "linux":
        return _owner_by_folder(pid, data)
    else:
        asked = ["ps", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        return Owner.SERVER if "postgres" in command and str(data) in command else Owner.OTHER


def _owner_by_folder(pid: int, data: Path) -> Owner:
    """Every process of PostgreSQL works inside its data folder."""
    try:
        return Owner.SERVER if os.path.samefile(f"/proc/{pid}/cwd", data) else Owner.OTHER
    except FileNotFoundError:
        return Owner.NOBODY
    except PermissionError:
        return Owner.UNKNOWN

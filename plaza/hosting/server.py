"""One PostgreSQL server process on one data folder: make the data, bring it up, ask whether it answers."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from plaza.hosting.accounts import Account
from plaza.hosting.binaries import Binaries
from plaza.hosting.errors import (
    DidNotStart,
    DiskFull,
    FolderTaken,
    HostingError,
    NotADatabase,
    OtherVersion,
    StartTookTooLong,
)
from plaza.hosting.lifeline import tied
from plaza.hosting.logs import fresh_log, last_lines, read_from
from plaza.hosting.places import PORT, sync_folder
from plaza.hosting.postmaster import forget_reused_pids, owner_pid, stranger_pid

SUPERUSER = "postgres"
SERVING = "serving"
START_SECONDS = 60.0  # orphaned backends of a killed server block a restart for 5 to 14 s
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "shared_buffers": "256MB",
    "maintenance_work_mem": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Server:
    """What is needed to run PostgreSQL on `folder`/data; the methods run under the folder's lock."""

    folder: Path
    account: Account
    binaries: Binaries
    socket: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make_data(self, password: str) -> None:
        """initdb beside, then rename: what is called `data` is always whole."""
        if self.data.is_dir() and any(self.data.iterdir()):
            self._check_version()
            self._hand_over()
            return
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)  # half-initialised when we were killed
        fresh.mkdir(mode=0o700)
        self.account.owns(fresh)
        with tempfile.TemporaryFile("w+") as secret:  # has no name, so only the fd leads to it
            secret.write(password)
            secret.flush()
            self.account.owns(secret.fileno())
            done = subprocess.run(
                self._command("initdb", fresh, "-U", SUPERUSER, f"--pwfile=/dev/fd/{secret.fileno()}",
                              "-A", "scram-sha-256", "-E", "UTF8", "--locale=C",
                              "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                              *([] if self.durable else ["--no-sync"])),
                cwd=fresh, env=_environment(), pass_fds=[secret.fileno()], check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        if done.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            raise self._reason(done.stdout)
        if self.data.is_dir():  # empty, as checked above
            self.data.rmdir()
        fresh.rename(self.data)
        sync_folder(self.folder)

    def answers(self) -> bool:
        program = self.binaries.program("pg_isready")
        asked = [program, "-q", "-h", str(self.socket), "-p", str(PORT), "-t", "3"]
        return subprocess.run(asked, env=_environment(), check=False).returncode == 0

    def bring_up(self, stopping: threading.Event) -> "subprocess.Popen[bytes] | None":
        """A new server process once it answers; None when one answers already.

        The calling thread must live as long as the server (see `lifeline`). Setting `stopping`
        ends the wait. Raises a HostingError.
        """
        until = time.monotonic() + START_SECONDS
        process: subprocess.Popen[bytes] | None = None
        log = fresh_log(self.folder / "log" / "postgresql.log")
        begin = log.stat().st_size
        while time.monotonic() < until and not stopping.is_set():
            if self.answers():
                return process
            if process is None:
                process = self._spawn(log)
            elif process.poll() is not None:
                said, process = read_from(log, begin), None
                if "is still in use" not in said and "already exists" not in said:
                    raise self._reason(said)
            stopping.wait(0.05 if process else 0.3)
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait()
            raise StartTookTooLong(seconds=int(START_SECONDS), log=last_lines(read_from(log, begin)))
        raise FolderTaken(folder=self.folder, pid=owner_pid(self.data) or "?")

    def _spawn(self, log: Path) -> "subprocess.Popen[bytes] | None":
        """None while processes of an earlier server of ours are still there.

        The server and its backends inherit a locked file, `serving`: as long as one of them
        lives, even orphaned, the kernel keeps the lock. That is surer than a process id.
        """
        serving = os.open(self.folder / SERVING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(serving, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stranger = stranger_pid(self.data)
            if stranger:  # started by hand, with a socket somewhere else
                raise FolderTaken(folder=self.folder, pid=stranger)
            forget_reused_pids(self.data, self.socket / f".s.PGSQL.{PORT}.lock")
            with log.open("ab") as out:
                return subprocess.Popen(
                    self._command("postgres", self.data, *self._settings()),
                    cwd=self.data, env=_environment(), pass_fds=[serving], stdin=subprocess.DEVNULL,
                    stdout=out, stderr=out, start_new_session=True,  # Ctrl-C is for us, not for it
                )  # fmt: skip
        except BlockingIOError:
            return None
        finally:
            os.close(serving)

    def _command(self, program: str, data: Path, *options: str) -> list[str]:
        # Another user may not be allowed to pass the folders above (root's home, pytest's
        # tmp_path). The current folder needs no passing, and Linux has a name for it.
        place = "/proc/self/cwd" if self.account.is_other and os.path.exists("/proc/self/cwd") else str(data)
        command = [self.binaries.program(program), "-D", place, *options]
        return tied(command, by=signal.SIGINT, user=self.account.switch())

    def _settings(self) -> list[str]:
        chosen = SETTINGS | {"unix_socket_directories": str(self.socket)}
        chosen |= {} if self.durable else NOT_DURABLE
        return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]

    def _check_version(self) -> None:
        written = self.data / "PG_VERSION"
        if not written.is_file():
            raise NotADatabase(folder=self.data)
        found = written.read_text().strip()
        if found != self.binaries.major:
            raise OtherVersion(folder=self.data, found=found, ours=self.binaries.version)

    def _hand_over(self) -> None:
        """Root's plain copy of the data (cp -r, an unpacked archive) belongs to root: give it back."""
        if self.account.is_other and self.data.stat().st_uid != self.account.uid:
            for parent, folders, files in os.walk(self.data):
                for name in (*folders, *files):
                    os.chown(Path(parent, name), self.account.uid, self.account.gid, follow_symlinks=False)
            self.account.owns(self.data)  # last: a half-done hand-over is begun again
            self.data.chmod(0o700)

    def _reason(self, said: str) -> HostingError:
        if "No space left on device" in said or "Disk quota exceeded" in said:
            return DiskFull(folder=self.folder)
        return DidNotStart(folder=self.folder, log=last_lines(said))


def is_served(folder: Path) -> bool:
    """Whether a process of a server that Plaza started on `folder` is alive."""
    try:
        with (folder / SERVING).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL's programs elsewhere; English messages, as we read them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}

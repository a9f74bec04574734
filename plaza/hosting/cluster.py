"""The embedded PostgreSQL of one folder: start it or find it running, its address, stop it.

    with running(Path("var/postgres")) as cluster:
        os.environ["DATABASE_URL"] = cluster.database_url()

In the folder: data/, run/ (the socket), log/, two password files (0600), and the locks `lock`
(around initdb and start) and `serving` (held by the server's own processes).
"""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

from plaza.hosting.accounts import Account, server_account
from plaza.hosting.binaries import postgres_binaries, readable_by
from plaza.hosting.errors import HostingError
from plaza.hosting.furnishing import furnish
from plaza.hosting.places import PORT, elsewhere, only_one, secret_in, socket_folder, tidy, writing_in
from plaza.hosting.server import START_SECONDS, SUPERUSER, Server, is_served

STOP_SECONDS = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
WATCH_SECONDS = 0.5  # how often a process that attached looks whether the server is still there


class Cluster:
    """`user` owns `database`, may create databases (tests need it) and is no superuser.

    `durable=False` is for tests: nothing waits for the disk, and a power cut may lose everything.
    """

    def __init__(self, folder: Path, *, user: str = "plaza", database: str = "plaza", durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.user = user
        self.database = database
        self._durable = durable
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None
        self._socket: Path | None = None

    @property
    def started_here(self) -> bool:
        """Whether this object started the server, and will stop it."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """The server's process id, if it was started here."""
        return self._process.pid if self._process else None

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket; made if need be."""
        if self._socket is None:
            self._socket = socket_folder(self.folder, server_account(self.folder / "data"))
        return self._socket

    def start(self) -> None:
        """Return when the database answers: started here, or by another process before.

        It is kept until `stop`: a server that dies, or that the other process stops, is started
        again here. A server started here also ends when this process does, in whatever way (on
        Linux; elsewhere a killed process leaves it behind, and the next start attaches to it).
        Raises a HostingError.
        """
        if self._keeper is not None and self._keeper.is_alive():
            return
        self._stopping = threading.Event()
        started: Future[None] = Future()
        # A thread of its own, because Linux ends the server with the thread that started it.
        self._keeper = threading.Thread(target=self._keep, args=[started], name="postgres", daemon=True)
        self._keeper.start()
        try:
            started.result()
        except BaseException:  # Ctrl-C while waiting, too
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server if it was started here; one that was found running is left alone."""
        self._stopping.set()
        for hint in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
            if self._process is not None:
                self._process.send_signal(hint)
            if self._keeper is not None:
                self._keeper.join(STOP_SECONDS)
                if not self._keeper.is_alive():
                    break
        tidy(self.folder)
        self._process = self._keeper = None

    def database_url(self) -> str:
        """`postgresql://user:password@/database?host=<socket folder>&port=5432`; it holds the password.

        Call it after `start`. The address stays the same when the server is started again.
        """
        return self._url(self.user, self.database)

    def superuser_url(self, database: str = "postgres") -> str:
        """For upkeep that the owner role may not do; the application never connects so."""
        return self._url(SUPERUSER, database)

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _keep(self, started: "Future[None]") -> None:
        try:
            self._bring_up()
        except (HostingError, OSError, subprocess.SubprocessError, psycopg.Error) as problem:
            started.set_exception(problem)
            return
        started.set_result(None)
        while not self._stopping.is_set():
            if self._process is not None:
                self._process.wait()
            elif is_served(self.folder):
                self._stopping.wait(WATCH_SECONDS)
                continue
            self._bring_up_again()
        if self._process is not None:  # `stop` may have met us between two servers
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def _bring_up_again(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.wait(pause):
            try:
                return self._bring_up()
            except (HostingError, OSError, subprocess.SubprocessError, psycopg.Error):
                # A full disk, say: PostgreSQL's log tells. Go on trying until there is room.
                pause = min(2 * pause, LONGEST_PAUSE)

    def _bring_up(self) -> None:
        """Leaves in `_process` the server started here, or None for one found running."""
        account = server_account(self.folder / "data")
        with writing_in(self.folder):
            self.folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            with only_one(self.folder / "lock", seconds=2 * START_SECONDS), ExitStack() as undo:
                server = self._server(account)
                server.make_data(secret_in(self._password_file(SUPERUSER)))
                process = server.bring_up(self._stopping)
                if process is not None:
                    undo.callback(process.wait)
                    undo.callback(process.send_signal, signal.SIGINT)
                furnish(self)
                undo.pop_all()
                self._process = process

    def _server(self, account: Account) -> Server:
        binaries = postgres_binaries()
        if not account.reaches(binaries.folder / "postgres"):
            beside = self.folder if account.reaches(self.folder) else elsewhere(self.folder, account)
            binaries = readable_by(account, binaries, beside)
        self._socket = socket_folder(self.folder, account)
        return Server(self.folder, account, binaries, self._socket, self._durable)

    def _password_file(self, user: str) -> Path:
        return self.folder / f"{user}.password"

    def _url(self, user: str, database: str) -> str:
        login = f"{quote(user, safe='')}:{quote(secret_in(self._password_file(user)), safe='')}"
        place = f"host={quote(str(self.socket_folder), safe='')}&port={PORT}"
        return f"postgresql://{login}@/{quote(database, safe='')}?{place}"


@contextmanager
def running(folder: Path, *, user: str = "plaza", database: str = "plaza", durable: bool = True) -> Iterator[Cluster]:
    """A database that answers: the one already running on `folder`, else one for the time of the block."""
    with Cluster(folder, user=user, database=database, durable=durable) as cluster:
        yield cluster

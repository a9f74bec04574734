"""The processes of an installation: encoders, worker, web; started together, kept, ended together."""

import fcntl
import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plaza.cli.database import encoder_socket, var
from plaza.cli.words import Sentence
from plaza.hosting.supervisor import Child, Supervisor

WEB_PROCESSES: Final = "2"
WEB_THREADS: Final = "4"
# Of each process. Browsers in a meeting's room keep theirs open; the server's own five hundred would have the next ones wait
# for half a minute. More than this meets the usual limit of a thousand open files.
WEB_CONNECTIONS: Final = "900"


def refuse_a_taken_port(host: str, port: int) -> None:
    """Before anything else is done: a port in use is the commonest reason why a start fails."""
    if not 0 < port < 65536:
        raise Sentence("%(port)s is no port: choose a number from 1 to 65535.", exit_code=2, port=port)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Sentence(
            "Port %(port)s of %(host)s is in use by another program: choose another one,"
            " for example with PORT=%(other)s.",
            port=port,
            host=host,
            other=port + 1,
        ) from error


@contextmanager
def alone_on(folder: Path, address: str) -> Iterator[None]:
    """One installation serves a folder: two would take each other's sockets away. The lock ends with the process,
    however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serving").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise Sentence(
                "Plaza is running on this folder already, at %(address)s: stop it first, or choose another folder"
                " with PLAZA_VAR (this one is %(folder)s).",
                address=lock.read().strip(),
                folder=folder,
            ) from error
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def make_ready() -> None:
    """Brings the tables and the static files to this version."""
    from django.core.management import call_command  # needs settings

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(host: str, port: int, *, when_ready: Callable[[], None], with_worker: bool = True) -> int:
    """Until told to stop. The database is there already; the children inherit its address."""
    folder = var()
    encoders = encoder_socket(folder)
    environment = {**os.environ, "PLAZA_EMBEDDER_SOCKET": str(encoders)}
    plaza = [sys.executable, "-m", "plaza.cli"]
    log = folder / "log"
    log.mkdir(parents=True, exist_ok=True)
    children = [
        Child("encoders", [*plaza, "encoders", "--socket", str(encoders)], environment, log=log / "encoders.log"),
        Child("web", _web(host, port), environment, ready=lambda: _answers(host, port), log=log / "web.log"),
    ]
    if with_worker:
        children.append(Child("worker", [*plaza, "work"], environment, log=log / "worker.log"))
    return Supervisor(children, when_ready=when_ready).run()


def _web(host: str, port: int) -> list[str]:
    # WSGI, not ASGI: under load ASGI opened a hundred connections within seconds and kept none waiting.
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", WEB_PROCESSES, "--blocking-threads", WEB_THREADS),
        *("--backlog", "2048", "--backpressure", WEB_CONNECTIONS),
        *(
            "--workers-kill-timeout",
            "5",
            "--respawn-failed-workers",
            "--no-ws",
            "plaza.config.wsgi:application",
        ),
    ]


def _answers(host: str, port: int) -> bool:
    """Also where 127.0.0.1 is not in ALLOWED_HOSTS: the web says 400 then, and is there."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "") else host
    try:
        with urllib.request.urlopen(f"http://{shown}:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        return error.code == 400
    except OSError:
        return False


def page_file(words: str) -> Path:
    file = Path(words)
    if not file.is_file():
        raise Sentence("%(file)s is not a file.", exit_code=2, file=file)
    return file


def captions_folder(words: str) -> Path:
    folder = Path(words)
    if not folder.is_dir():
        raise Sentence("%(folder)s is not a folder.", exit_code=2, folder=folder)
    return folder

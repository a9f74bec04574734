"""`kill -9` of web, worker, encoders and PostgreSQL while a recording is being published: published once, and found."""

import os
import re
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Final

import psycopg

from plaza.demo.credentials import ACCOUNTS, PASSWORD
from plaza.hosting.cluster import running as database_of
from tools.accept.lines import ROOT, Line, tell
from tools.accept.processes import Running, free_port, running

VICTIMS: Final = ("web", "worker", "PostgreSQL", "encoders")
LONGEST_SECONDS: Final = 150
# How long after the click the blow falls: before, in the middle of and after the deed's transaction.
DELAYS: Final = (0.0, 0.03, 0.3)


def find_out() -> list[Line]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PLAZA_VAR": folder, "LANG": "en_US.UTF-8"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "plaza.cli", "demo", "--port", str(port)]
        with running(command, port, cwd=ROOT, env=environment, log=Path(folder) / "demo.log") as plaza:
            plaza.wait_for()
            lines = []
            for victim in VICTIMS:
                tell(f"killing {victim} while a recording is being published")
                found = [_published_in_spite(plaza, victim, delay, Path(folder)) for delay in DELAYS]
                lines.append(
                    Line(
                        f"kill -9 of {victim} while a recording is published, {len(DELAYS)} times",
                        "published once, found",
                        "; ".join(words for _, words in found),
                        all(is_right for is_right, _ in found),
                    )
                )
            plaza.interrupt()
            lines.append(Line("processes left after Ctrl-C", "none", str(plaza.left() or "none"), not plaza.left()))
        return lines


def _published_in_spite(plaza: Running, victim: str, delay: float, folder: Path) -> tuple[bool, str]:
    word = f"xilofon{VICTIMS.index(victim)}q{round(delay * 1000)}"
    secretary = Secretary(plaza)
    slug = secretary.receive(word)
    click = threading.Thread(target=secretary.publish, args=[slug], daemon=True)
    click.start()
    time.sleep(delay)
    for pid in plaza.pids(victim)[:1] if victim == "PostgreSQL" else plaza.pids(victim):
        os.kill(pid, 9)
    click.join(30)
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_SECONDS:
        if _is_found(plaza, word, slug):
            break
        if not _is_public(plaza, slug):
            # The click was answered with an error or not at all: a person clicks again.
            Secretary(plaza, patient=True).publish(slug)
        time.sleep(1)
    seconds = time.monotonic() - begun
    times = _times_published(folder, slug)
    found = _is_found(plaza, word, slug)
    return found and times == 1, f"{seconds:.0f} s, {times}x"


def _is_found(plaza: Running, word: str, slug: str) -> bool:
    page = plaza.get(f"/es/search/?q={word}")[1]
    return f"/es/recordings/{slug}/?t=" in page and len(re.findall(rf'<h3><a href="/es/recordings/{slug}/', page)) == 1


def _is_public(plaza: Running, slug: str) -> bool:
    return plaza.get(f"/es/recordings/{slug}/")[0] != 404


def _times_published(folder: Path, slug: str) -> int:
    with database_of(folder / "postgres") as cluster, psycopg.connect(cluster.database_url()) as database:
        row = database.execute(
            "SELECT count(*) FROM core_historyentry h JOIN knowledge_work w ON w.id = h.subject_id"
            " JOIN django_content_type t ON t.id = h.subject_type_id AND t.model = 'work'"
            " WHERE w.slug = %s AND h.verb = 'published'",
            [slug],
        ).fetchone()
    return int(row[0]) if row else 0


class Secretary:
    """A browser without a picture: cookies, forms with their tokens."""

    def __init__(self, plaza: Running, *, patient: bool = False) -> None:
        self._home = f"http://127.0.0.1:{plaza.port}"
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        for _ in range(60 if patient else 1):
            try:
                self._post("/es/sign-in/", {"login": ACCOUNTS[0][0], "password": PASSWORD})
                return
            except OSError:
                time.sleep(1)

    def receive(self, word: str) -> str:
        captions = f"WEBVTT\n\n00:01.000 --> 00:06.000\n<v Ana>Hoy hablamos del proyecto {word} en el barrio.\n"
        address = self._post(
            "/es/workspace/recordings/new/",
            {"title": word, "language": "es", "visibility": "public"},
            file=("captions", "words.vtt", captions),
        )
        return address.rstrip("/").rsplit("/", 1)[1]

    def publish(self, slug: str) -> None:
        try:
            self._post(f"/es/workspace/recordings/{slug}/publish/", {}, token_from="/es/workspace/")
        except OSError:
            return  # the blow fell before the answer

    def _post(
        self, path: str, fields: dict[str, str], *, token_from: str = "", file: tuple[str, str, str] | None = None
    ) -> str:
        """The address that the answer led to."""
        with self._browser.open(self._home + (token_from or path), timeout=20) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        fields = {**fields, "csrfmiddlewaretoken": token[1] if token else ""}
        if file is None:
            data, media_type = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        else:
            data, media_type = _multipart(fields, file)
        request = urllib.request.Request(
            self._home + path, data, {"Content-Type": media_type, "Referer": self._home + path}
        )
        with self._browser.open(request, timeout=20) as answer:
            return str(answer.geturl())


def _multipart(fields: dict[str, str], file: tuple[str, str, str]) -> tuple[bytes, str]:
    boundary = "plaza-boundary-7d1c"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    name, file_name, text = file
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        f"Content-Type: text/vtt\r\n\r\n{text}\r\n--{boundary}--\r\n"
    )
    return "".join(parts).encode(), f"multipart/form-data; boundary={boundary}"

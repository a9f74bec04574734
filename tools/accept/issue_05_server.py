"""What docs/hosting/server.md says, done: its settings, its units and its nginx before an installation of its own."""

import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Final

from tools.accept.lines import ROOT, Line, not_tried, run, tell
from tools.accept.processes import Running, free_port, running

HOSTING: Final = ROOT / "docs" / "hosting"
SITE: Final = "ciudades.example.org"
PASSWORD: Final = "viento-y-rio-2026"
ADMINISTRATOR: Final = (
    "from plaza.accounts.models import User; from plaza.accounts.choices import NetworkRole;"
    f"User.objects.create_user('sofia@example.org', '{PASSWORD}', name='Sofía Lozano', language='es',"
    " network_role=NetworkRole.ADMINISTRATOR)"
)
PLAZA: Final = [sys.executable, "-m", "plaza.cli"]


def find_out() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="plaza-server-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        lines = [_units(folder)]
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if nginx is None or not shutil.which("openssl"):
            return [*lines, not_tried("the server's page, done", "as written", "no nginx or openssl here")]
        tell("plaza serve behind nginx, with the settings and the site file of the documents")
        plaza_port, port = free_port(), free_port()
        environment = _environment(folder)
        command = [*PLAZA, "serve", "--port", str(plaza_port)]
        with running(command, plaza_port, cwd=ROOT, env=environment, log=folder / "serve.log") as plaza:
            _until(lambda: bool(plaza.pids("worker")), 120)
            front = subprocess.Popen(
                [nginx, "-c", str(_nginx(folder, plaza_port, port)), "-p", str(folder), "-g", "daemon off;"],
                stderr=subprocess.DEVNULL,
            )
            try:
                return [*lines, *_pages(Browser(port), plaza, environment), _drill(folder, environment)]
            finally:
                front.terminate()
                front.wait(20)


def _units(folder: Path) -> Line:
    name, target = "systemd's own word on the units", "no fault"
    if not shutil.which("systemd-analyze"):
        return not_tried(name, target, "no systemd-analyze here")
    for unit in HOSTING.glob("systemd/plaza*.*"):
        if unit.suffix in (".service", ".timer"):
            told = unit.read_text().replace("/srv/plaza/.venv/bin/plaza", "/bin/true")
            (folder / unit.name).write_text(told)
    units = sorted(str(path) for path in [*folder.glob("*.service"), *folder.glob("*.timer")])
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if Path(line.split(":")[0]).name.startswith("plaza")]
    return Line(name, target, "; ".join(faults)[:200] or f"{len(units)} units, no fault", not faults)


def _environment(folder: Path) -> dict[str, str]:
    """The settings file as it stands, but for the folder and the mail server."""
    said = dict(re.findall(r"^([A-Z_]+)='(.*)'$", (HOSTING / "systemd" / "plaza.env").read_text(), re.M))
    said |= {"PLAZA_VAR": str(folder / "var"), "EMAIL_URL": ""}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | said


def _nginx(folder: Path, plaza_port: int, port: int) -> Path:
    key, certificate = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={SITE}"]
    run([*made, "-keyout", str(key), "-out", str(certificate)])
    site = (HOSTING / "nginx" / "plaza.conf").read_text()
    for before, after in (
        (r"listen \[::\].*\n", "\n"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("127.0.0.1:8000", f"127.0.0.1:{plaza_port}"),
        (f"/etc/letsencrypt/live/{SITE}/fullchain.pem", str(certificate)),
        (f"/etc/letsencrypt/live/{SITE}/privkey.pem", str(key)),
        ("/var/cache/nginx/plaza", str(folder / "cache")),
        ("/var/log/nginx", str(folder)),
    ):
        site = re.sub(before, after, site)
    main = folder / "nginx.conf"
    main.write_text(f"pid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nevents {{}}\nhttp {{\n{site}\n}}\n")
    return main


class Browser:
    def __init__(self, port: int) -> None:
        unsigned = ssl.create_default_context()
        unsigned.check_hostname, unsigned.verify_mode = False, ssl.CERT_NONE
        self._home = f"https://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=unsigned), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def get(self, path: str, data: dict[str, str] | None = None) -> tuple[int, Message | None, str]:
        headers = {"Host": SITE, "Referer": f"https://{SITE}/", "Accept-Encoding": "identity"}
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with self._opener.open(urllib.request.Request(self._home + path, body, headers), timeout=20) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, ""
        except OSError:
            return 0, None, ""

    def kept(self, path: str) -> str:
        headers = self.get(path)[1]
        return str(headers["X-Cache"]) if headers else "no answer"


def _pages(browser: Browser, plaza: Running, environment: dict[str, str]) -> list[Line]:
    _until(lambda: browser.get("/readyz")[0] == 200, 30)
    twice = [browser.kept("/es/"), browser.kept("/es/")]
    for pid in plaza.pids("web"):
        os.kill(pid, 9)
    killed = browser.kept("/es/")
    begun = time.monotonic()
    _until(lambda: browser.get("/readyz")[0] == 200, 60)
    back = time.monotonic() - begun
    _plaza(["manage", "shell", "-c", ADMINISTRATOR], environment)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get("/es/sign-in/")[2])
    fields = {"login": "sofia@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
    _, headers, led_to = browser.get("/es/sign-in/", fields)
    keeping = str(headers["Cache-Control"]) if headers else "no answer"
    return [
        Line(
            "a page for everybody behind nginx, twice",
            "kept, and asked for",
            ", ".join(twice),
            twice[1] == "REVALIDATED",
        ),
        Line("the same while the web is killed", "from the copy", f"{killed}; back in {back:.0f} s", killed == "STALE"),
        Line(
            "the first administrator signs in over HTTPS",
            "led to the second step, no copy",
            keeping,
            "Agregar un segundo paso" in led_to and "private" in keeping,
        ),
    ]


def _drill(folder: Path, environment: dict[str, str]) -> Line:
    _plaza(["backup", str(folder / "plaza.tar")], environment)
    elsewhere = {**environment, "PLAZA_VAR": str(folder / "drill")}
    _plaza(["restore", str(folder / "plaza.tar")], elsewhere)
    users = _plaza(
        ["manage", "shell", "-v0", "-c", "from plaza.accounts.models import User; print(User.objects.count())"],
        elsewhere,
    )
    _plaza(["check"], elsewhere)
    return Line(
        "a backup restored in a folder of its own",
        "sound, everything there",
        f"{users.strip()} account",
        users.strip() == "1",
    )


def _plaza(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [*PLAZA, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise RuntimeError(f"plaza {words[0]} ended with {done.returncode}: {(done.stdout + done.stderr)[-800:]}")
    return done.stdout


def _until(is_so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.2)

"""The pictures of docs/images: `make screenshots` prepares a demo in a folder of its own and looks at seventeen pages of it
with Chromium, in two languages, light and dark, at a desk and on a phone. Needs a program named chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from plaza.demo.credentials import ACCOUNTS, PASSWORD

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
PAGES: Final = IMAGES / "pages"
HEAVIEST: Final = 160 * 1024  # of one picture; all of them weigh a few megabytes
SIZES: Final = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCHEMES: Final = ("light", "dark")
LANGUAGES: Final = {"es": "español", "pt": "português"}
START_SECONDS: Final = 120
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True, slots=True)
class View:
    """`name` is the file's; `paths` the address on the demo, by language, with what a person asked."""

    name: str
    shows: str
    path: str
    asked: tuple[str, str] = ("", "")
    is_signed_in: bool = False

    def address(self, language: str) -> str:
        return f"/{language}{self.path}{quote(self.asked[list(LANGUAGES).index(language)])}"


VIEWS: Final = (
    View("home", "The home page", "/"),
    View(
        "ask",
        "A question, and who answered it",
        "/ask/?q=",
        (
            "¿Cuánto gastan por año solo para mantener el sistema de alerta funcionando?",
            "Quanto gastam por ano só para manter o sistema de alerta funcionando?",
        ),
    ),
    View(
        "ask-in-vain",
        "A question that nobody has answered",
        "/ask/?q=",
        ("¿Cómo se limpia la nieve del aeropuerto?", "Como se limpa a neve do aeroporto?"),
    ),
    View(
        "search",
        "All the places where it is spoken of",
        "/search/?q=",
        ("vendedores ambulantes", "vendedores ambulantes"),
    ),
    View(
        "recording",
        "A recording, opened at its second",
        "/recordings/alerta-temprana-rio-manso/?t=50.677,70.397#t=50.677",
    ),
    View("meeting", "A meeting", "/meetings/markets-vendors-and-friday-nights/"),
    View("programme", "The programme of a summit to come", "/meetings/cumbre-de-las-orillas/programme/"),
    View("register", "Registering for it", "/meetings/cumbre-de-las-orillas/register/"),
    View(
        "room",
        "Its room: questions and a poll, as a moderator sees them",
        "/meetings/cumbre-de-las-orillas/live/moderate/",
        is_signed_in=True,
    ),
    View(
        "cohort", "A course: who completed it", "/workspace/meetings/curso-alerta-temprana/course/", is_signed_in=True
    ),
    View("who-came", "Who came, of which cities", "/workspace/attendance/", is_signed_in=True),
    View("cities", "The cities, on a map and in a list", "/cities/"),
    View("city", "A city", "/cities/puerto-sereno/"),
    View("people", "People, by what they know", "/people/"),
    View("person", "A person", "/people/marta-quiroga/"),
    View("tour", "The tour of the first visit", "/tour/"),
    View("workspace", "The secretariat's workspace", "/workspace/", is_signed_in=True),
)


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo whose index is complete. It ends, with all its processes, and is forgotten."""
    with tempfile.TemporaryDirectory(prefix="plaza-pictures-") as var:
        environment = {**os.environ, "PLAZA_VAR": var}
        environment.pop("DATABASE_URL", None)
        port = free_port()
        command = [sys.executable, "-m", "plaza.cli", "demo"]
        subprocess.run([*command, "--no-serve"], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env=environment)
        try:
            wait_for(server, f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: "subprocess.Popen[bytes]", address: str) -> None:
    """Raises RuntimeError where the server ends, or does not answer in two minutes."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the demo ended before it answered (exit {server.returncode})")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the demo did not answer in {START_SECONDS} s")


def take(context: Any, view: View, language: str, file: Path) -> None:
    """Raises RuntimeError where the page fails or the picture is too heavy."""
    page = context.new_page()
    answer = page.goto(view.address(language), wait_until="networkidle")
    if answer.status != 200:
        raise RuntimeError(f"{view.address(language)} answered {answer.status}: no picture was taken")
    page.screenshot(path=file, animations="disabled", type="jpeg", quality=72)
    page.close()
    if file.stat().st_size > HEAVIEST:
        raise RuntimeError(f"{file.name} weighs {file.stat().st_size} bytes, more than {HEAVIEST}")


def sign_in(context: Any) -> None:
    page = context.new_page()
    page.goto("/es/sign-in/")
    page.fill("[name=login]", ACCOUNTS[0][0])
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit], main form button")
    page.wait_for_url("**/workspace/")
    page.close()


def file_of(view: View, language: str, size: str, scheme: str) -> Path:
    return PAGES / f"{view.name}-{language}-{size}-{scheme}.jpg"


def told() -> str:
    """docs/images/README.md: every picture, in tables."""
    lines = [
        "# Pages of the demo",
        "",
        "Made by `make screenshots` from the demo: its cities, people and words are invented.",
        "",
    ]
    for view in VIEWS:
        lines += [
            f"## {view.shows}",
            "",
            "| | desk | desk, dark | phone | phone, dark |",
            "| --- | --- | --- | --- | --- |",
        ]
        for language, name in LANGUAGES.items():
            cells = []
            for size in SIZES:
                for scheme in SCHEMES:
                    words = f"{view.shows}: {name}, {size}, {scheme}"
                    source = file_of(view, language, size, scheme).relative_to(IMAGES)
                    cells.append(f'<img src="{source}" alt="{words}" width="{320 if size == "desk" else 130}">')
            lines.append(f"| {name} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("No program named chromium was found (Debian: apt install chromium).", file=sys.stderr)
        return 1
    PAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(ARGUMENTS))
        for size, viewport in SIZES.items():
            for scheme in SCHEMES:
                for is_signed_in in (False, True):
                    context = browser.new_context(
                        base_url=address, viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
                    )
                    if is_signed_in:
                        sign_in(context)
                    for view in (view for view in VIEWS if view.is_signed_in == is_signed_in):
                        for language in LANGUAGES:
                            take(context, view, language, file_of(view, language, size, scheme))
                    context.close()
        browser.close()
    (IMAGES / "README.md").write_text(told(), encoding="utf-8")
    files = list(PAGES.glob("*.jpg"))
    print(f"{len(files)} pictures, {sum(file.stat().st_size for file in files) / 2**20:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

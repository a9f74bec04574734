"""The README's pictures: `make screenshots` prepares a demo in a folder of its own, looks at it with
Chromium and writes docs/images/*.png. Needs a program named chromium.
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

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
HEAVIEST: Final = 250 * 1024
PHONE: Final = {"width": 390, "height": 844}
DESK: Final = {"width": 1280, "height": 800}
QUESTION: Final = "quanto tempo leva para evacuar o bairro quando o rio sobe?"
MARKED: Final = "/es/recordings/alerta-temprana-rio-manso/?t=50.677,70.397#t=50.677"
START_SECONDS: Final = 120
ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is the file's; `size` the window's, in pixels; `path` the address on the demo."""

    name: str
    path: str
    size: dict[str, int]


PICTURES: Final = (
    Picture("home-phone", "/pt/", PHONE),
    Picture("home-desk", "/pt/", DESK),
    Picture("answer-phone", f"/pt/ask/?q={quote(QUESTION)}", PHONE),
    Picture("results-phone", f"/pt/search/?q={quote(QUESTION)}", PHONE),
    Picture("recording-desk", MARKED, DESK),
    Picture("cities-desk", "/es/cities/", DESK),
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


def take(browser: Any, address: str, picture: Picture) -> Path:
    """One PNG, one pixel of the picture a pixel of the window.

    Raises RuntimeError where the page fails or the picture is too heavy.
    """
    context = browser.new_context(
        base_url=address,
        viewport=picture.size,
        device_scale_factor=1,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    answer = page.goto(picture.path, wait_until="networkidle")
    if answer.status != 200:
        raise RuntimeError(f"{picture.path} answered {answer.status}: no picture was taken")
    file = IMAGES / f"{picture.name}.png"
    page.screenshot(path=file, animations="disabled")
    context.close()
    if file.stat().st_size > HEAVIEST:
        raise RuntimeError(f"{file.name} weighs {file.stat().st_size} bytes, more than {HEAVIEST}")
    return file


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("No program named chromium was found (Debian: apt install chromium).", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(ARGUMENTS))
        for picture in PICTURES:
            file = take(browser, address, picture)
            print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1024:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

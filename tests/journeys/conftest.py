"""A browser for the journeys, and visitors who watch what each page does behind their backs.

Nothing may leave the host, complain on the console or break the content security policy, on any page of
any journey: `visit` looks at the end of each test.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from plaza.demo.network import load_cities, load_people
from plaza.demo.recordings import DATA, load_recordings
from plaza.knowledge.models import Recording
from plaza.search.domain.indexing import index_recording
from plaza.topics.domain.vocabulary import load_topics
from tests.network import Network

# The browser's own panels: of each visitor's window the field for addresses loads two pages, which nobody sees and which cost
# three times what a page of ours does.
UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]
# What Playwright takes away itself: of two such lists Chromium reads the last.
UNSEEN += [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *(
        "HttpsFirstBalancedModeAutoEnable",
        "LensOverlay",
        "MediaRouter",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
    ),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
]
ARGUMENTS = [
    f"--disable-features={','.join(UNSEEN)}",
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # A page that wants another host shall fail here too, and not only be written down.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
TELL_OF_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
PATIENCE = 15_000  # milliseconds, on a machine that does other things too

Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Of this folder, not of the session: while it lives, Playwright's event loop runs in this thread, and
    the tests of other folders may want one of their own."""
    program = shutil.which("chromium")
    if program is None:
        reason = "no program named chromium was found: the journeys need a browser"
        if os.environ.get("PLAZA_REQUIRE_PROGRAMS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Django takes the running loop for asynchronous code; a test that waits for its browser is none.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: Any, transactional_db: None) -> Iterator[Visit]:
    """`visit(language="es", width=360, dark=False, scripts=True, user=None, workers=False, also=())` → a page, still empty."""
    contexts: list[BrowserContext] = []
    wrongs: list[str] = []

    def visit(
        *,
        language: str = "es",
        width: int = 360,
        dark: bool = False,
        scripts: bool = True,
        user: Any = None,
        workers: bool = False,
        also: tuple[str, ...] = (),
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale=language,
            viewport={"width": width, "height": 740},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            # It fetches pages behind the back of a test, which is over before them.
            service_workers="allow" if workers else "block",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL_OF_POLICY)
        if user is not None:
            context.add_cookies([_session(user, live_server.url)])
        watch(context, live_server.url, wrongs, also)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
    assert wrongs == []


def watch(context: BrowserContext, host: str, wrongs: list[str], also: tuple[str, ...] = ()) -> None:
    """Adds to `wrongs` requests to other hosts (but `also`, where somebody is led out on purpose) and errors of the console
    (so breaches of the policy too)."""

    def leaving(request: Request) -> None:
        if not request.url.startswith((host + "/", *also)):
            wrongs.append(f"left: {request.url}")

    def complaining(said: ConsoleMessage) -> None:
        if said.type == "error":
            wrongs.append(f"{said.page and said.page.url}: {said.text}")

    context.on("request", leaving)
    context.on("console", complaining)
    context.on("weberror", lambda error: wrongs.append(str(error.error)))


def _session(user: Any, url: str) -> Any:
    client = Client()
    client.force_login(user)
    # As after signing in on the page, a moment ago.
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def sound(slug: str = "alerta-temprana-rio-manso.es") -> ContentFile:
    return ContentFile(Path(DATA / "sound" / f"{slug}.mp3").read_bytes(), name="sound.mp3")


@pytest.fixture
def heard(network: Network) -> Network:
    """The tests' network; its river can be heard, 339 seconds of it."""
    network.recordings["river"].media_file.save("river.mp3", sound())
    return network


@pytest.fixture
def rio_manso(transactional_db: None) -> Recording:
    """The demo's own recording of the flood warning, with its sound; the others are not indexed."""
    load_topics()
    load_cities()
    load_recordings(load_people())
    recording = Recording.objects.get(work__slug="alerta-temprana-rio-manso")
    index_recording(recording.pk)
    return recording

"""When a page is seen on a slow line, and what it takes to bring it: Chromium on a demo, 400 kbit/s and 400 ms there and
back (WebPageTest's slow 3G), nothing kept from before; and how soon the server answers after its start."""

import shutil
import statistics
import time
from typing import Any, Final
from urllib.parse import quote

from tools.accept.lines import Line, not_tried, tell
from tools.bench.serving import served

PAGES: Final = (
    "/",
    f"/ask/?q={quote('quanto tempo leva para evacuar o bairro quando o rio sobe?')}",
    "/search/?q=agua",
    "/recordings/",
    "/recordings/alerta-temprana-rio-manso/",
    "/meetings/",
    "/cities/",
    "/cities/puerto-sereno/",
    "/people/",
    "/organisations/",
    "/sign-in/",
    "/join/",
)
LANGUAGES: Final = ("es", "pt")
BYTES_A_SECOND: Final = 400_000 / 8
LATENCY_MS: Final = 400
PAINTED_MS: Final = 2500
HEAVIEST: Final = 60_000
MOST_REQUESTS: Final = 4
READY_SECONDS: Final = 3.0
FIRST_PAINT: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
SHIFTED: Final = """new Promise(found => { let sum = 0; new PerformanceObserver(list => { for (const entry of
    list.getEntries()) sum += entry.value }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => found(sum), 100) })"""


def find_out() -> list[Line]:
    program = shutil.which("chromium")
    if program is None:
        return [not_tried("pages on a slow line", f"painted within {PAINTED_MS} ms", "no program named chromium here")]
    from playwright.sync_api import sync_playwright  # needed here only

    from tools.screenshots import ARGUMENTS, demo  # as above

    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(ARGUMENTS))
        seen = {
            f"/{language}{page}": _look(browser, address, f"/{language}{page}")
            for language in LANGUAGES
            for page in PAGES
        }
        browser.close()
    lines = []
    for name, unit, most, target in (
        ("first paint", "ms", PAINTED_MS, f"<= {PAINTED_MS} ms"),
        ("bytes over the line", "bytes", HEAVIEST, "<= 60 KB"),
        ("requests", "requests", MOST_REQUESTS, f"<= {MOST_REQUESTS}"),
        ("layout shift", "", 0.02, "<= .02"),
    ):
        page, worst = max(((page, found[name]) for page, found in seen.items()), key=lambda row: row[1])
        figure = f"{worst:.3g} {unit} ({page})".replace("  ", " ")
        lines.append(Line(f"{name} of the worst of {len(seen)} pages on a slow line", target, figure, worst <= most))
    return [*lines, _ready()]


def _look(browser: Any, address: str, path: str) -> dict[str, float]:
    tell(path)
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    came: list[float] = []
    asked: list[str] = []

    def asking(event: Any) -> None:
        # The buttons of a player are the browser's own pictures (data:): nothing goes over the line for them. The icon of
        # its tab is fetched after the page, once for all pages.
        if event["request"]["url"].startswith(address) and event["type"] != "Other":
            asked.append(event["request"]["url"])

    line.on("Network.requestWillBeSent", asking)
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    answer = page.goto(f"{address}{path}", wait_until="load")
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    page.wait_for_timeout(300)
    found = {
        "first paint": page.evaluate(FIRST_PAINT),
        "bytes over the line": sum(came),
        "requests": len(asked),
        "layout shift": page.evaluate(SHIFTED),
    }
    context.close()
    return found


def _ready() -> Line:
    """Of a web server that finds its database running; the middle of three starts."""
    from tools.bench.installation import scratch_installation  # sets Django up

    with scratch_installation():
        seconds = statistics.median(_started() for _ in range(3))
    return Line("the server is ready after its start", "<= 3 s", f"{seconds:.1f} s", seconds <= READY_SECONDS)


def _started() -> float:
    begun = time.monotonic()
    with served("plaza.config.wsgi:application", "/es/"):
        return time.monotonic() - begun

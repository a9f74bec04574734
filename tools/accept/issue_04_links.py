"""Materials that are named without an address; and the round of 200 addresses, polite, patient, killed in the middle."""

import datetime as dt
import http.server
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Final

from tools.accept.issue_04_import import PAGE
from tools.accept.lines import SHARED, Line, tell
from tools.accept.processes import killed_in_the_middle
from tools.bench.installation import scratch_installation

LINKS: Final = 200
HOSTS: Final = 20
PAUSE: Final = 0.2
# Every tenth address leads to nothing.
DEAD: Final = 10
BLOW: Final = 1.0
# Loopback plays the public net: names of the reserved domain lead there, nothing else is let out.
OPEN_DOOR: Final = """
from plaza.core import egress
egress._is_public = lambda address: address == "127.0.0.1"
egress._addresses = lambda host, port: ["127.0.0.1"]
"""
GO_ROUND: Final = f"""
import sys
from plaza.cli.database import connected
with connected():
    {OPEN_DOOR.strip().replace(chr(10), chr(10) + "    ")}
    from plaza.knowledge.domain.link_rot import check_due
    print("ready", flush=True)
    check_due(most={LINKS}, seconds=60, pause={PAUSE})
"""
Heard = list[tuple[str, str, float]]


def find_out() -> list[Line]:
    with scratch_installation():
        return [_worklist(), *_round()]


def _worklist() -> Line:
    from plaza.ingest.domain.decisions import accept_above  # needs settings
    from plaza.ingest.domain.pages import receive_page  # needs settings
    from plaza.knowledge.models import Material  # needs settings

    seed = next(iter(sorted(SHARED.glob("seed/*.txt"))), None)
    page = receive_page(data=(seed or PAGE).read_bytes(), by=None)
    accept_above(page=page, confidence=0.0, by=None)
    told = sum(len(row.told["materials"]) for row in page.proposals.all())
    before = Material.objects.count()
    accept_above(page=receive_page(data=(seed or PAGE).read_bytes() + b"\n", by=None), confidence=0.0, by=None)
    to_find, new = Material.objects.to_be_mended().count(), Material.objects.count() - before
    return Line(
        f"materials that {'the seed' if seed else PAGE.name} names",
        "each one work, none twice",
        f"{told} named, {before} works, {to_find} without an address; imported again: {new} new",
        before == told and new == 0,
    )


def _round() -> Iterator[Line]:
    exec(OPEN_DOOR)
    from plaza.knowledge.choices import WorkKind  # needs settings
    from plaza.knowledge.domain.link_rot import check_due  # needs settings
    from plaza.knowledge.domain.materials import name_work  # needs settings
    from plaza.knowledge.models import Material  # needs settings

    Material.objects.all().delete()
    with _sites() as (port, heard):
        for n in range(LINKS):
            path = "gone" if n % DEAD == 0 else "there"
            url = f"http://site{n % HOSTS}.example:{port}/{path}/{n}"
            name_work(kind=WorkKind.NOTES, title=f"Notes {n}", language="en", url=url, by=None)
        tell(f"killing the round of {LINKS} addresses after {BLOW:g} s")
        killed_in_the_middle(GO_ROUND, after=BLOW)
        first = Material.objects.exclude(checked_at=None).count()
        Material.objects.filter(checked_at=None).update(check_after=dt.datetime.now(dt.UTC))
        check_due(most=LINKS, pause=PAUSE)
        asked = [path for _, path, _ in heard if path != "/robots.txt"]
        twice = len(asked) - len(set(asked))
        yield Line(
            f"kill -9 in a round of {LINKS} addresses",
            "all looked at, at most one twice",
            f"{first} before the blow, {len(set(asked))} in all, {twice} twice",
            len(set(asked)) == LINKS and twice <= 1,
        )
        heard.clear()
        for _ in range(2):
            _days_pass(4)
            time.sleep(PAUSE)  # four days would not
            check_due(most=LINKS, pause=PAUSE)
        seconds = max(at for _, _, at in heard) - min(at for _, _, at in heard)
        fastest = _fastest(heard)
        yield Line(
            f"requests to one host, {HOSTS} hosts, pause {PAUSE:g} s",
            f"at most {1 / PAUSE:g} a second each",
            f"{fastest:.1f} a second at the fastest; {len(heard)} requests in {seconds:.1f} s",
            fastest <= 1 / PAUSE + 0.1,
        )
        gone = Material.objects.filter(state="gone").count()
        yield Line(
            "addresses that answered 404 for 8 days are gone", f"{LINKS // DEAD}", f"{gone}", gone == LINKS // DEAD
        )


def _days_pass(days: int) -> None:
    """As if so many days had gone by; those that failed are due again."""
    from django.db.models import F  # needs settings

    from plaza.knowledge.models import Material  # needs settings

    earlier = {name: F(name) - dt.timedelta(days=days) for name in ("failing_since", "check_after", "checked_at")}
    Material.objects.exclude(failing_since=None).update(**earlier)


def _fastest(heard: Heard) -> float:
    """Requests a second to the host that was asked most quickly, over any two in turn."""
    moments = defaultdict(list)
    for host, _, at in heard:
        moments[host].append(at)
    gaps = [later - earlier for each in moments.values() for earlier, later in pairwise(each)]
    return 1 / min(gap for gap in gaps if gap > 0)


@contextmanager
def _sites() -> Iterator[tuple[int, Heard]]:
    heard: Heard = []

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append((str(self.headers["Host"]), self.path, time.monotonic()))
            self.send_response(200 if self.path.startswith("/there/") else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, heard
        server.shutdown()

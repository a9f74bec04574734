"""A newsletter to 10,000 with broken addresses in it, sent by the real worker to a real mail server on this machine; the
worker is killed in the middle."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import Any, Final

from tools.accept.lines import ROOT, Line, tell
from tools.accept.processes import free_port
from tools.bench.installation import scratch_installation

MANY: Final = 10_000
BROKEN: Final = 20
INJECTED: Final = "injected@example.org"
WITH_ACCENTS: Final = "ana@ciudád.example"
PATIENCE: Final = 2400  # seconds, for all of it
KILL_AT: Final = 2000  # letters


class Server:
    """Takes what it is given, but for addresses that begin with `nobody`."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.headers: list[bytes] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.update(envelope.rcpt_tos)
        self.headers.append(envelope.content.partition(b"\r\n\r\n")[0])
        await asyncio.sleep(0.002)  # a letter is in somebody's hand for a moment
        return "250 taken"


def find_out() -> list[Line]:
    from aiosmtpd.controller import Controller  # slow import

    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    os.environ |= {
        "EMAIL_URL": f"smtp://127.0.0.1:{controller.port}?tls=none",
        "PLAZA_NEWSLETTERS_A_MINUTE": "10000",
    }
    try:
        with scratch_installation():
            return _lines(server)
    finally:
        controller.stop()


def _lines(server: Server) -> list[Line]:
    from plaza.newsletters.models import Copy, Issue, Subscriber  # needs settings

    begun = time.monotonic()
    _send_it()
    killed = False
    worker = _worker()
    try:
        while Issue.objects.filter(state="sending").exists() and time.monotonic() - begun < PATIENCE:
            time.sleep(0.2)
            if not killed and sum(server.got.values()) >= KILL_AT:
                killed = True
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                tell(f"the worker was killed after {sum(server.got.values())} letters")
                worker = _worker()
    finally:
        worker.terminate()
        worker.wait(60)
    seconds = time.monotonic() - begun
    states = Counter(Copy.objects.values_list("state", flat=True))
    good = MANY - BROKEN
    doubled = sum(1 for times in server.got.values() if times > 1)
    aside = Subscriber.objects.filter(why_ended="returned").count()
    injected = sum(1 for headers in server.headers if b"\nBcc:" in headers)
    doubtful = set(Copy.objects.filter(state="doubtful").values_list("subscriber__email", flat=True))
    told = f"{len(server.got)} delivered, {states['doubtful']} doubtful, {doubled} doubled, {seconds:.0f} s"
    return [
        Line(
            f"a newsletter to {MANY}, its worker killed with -9 at {KILL_AT}",
            "each good address once, or doubtful",
            told,
            killed and not doubled and len(set(server.got) | doubtful) == good == states["sent"] + states["doubtful"],
        ),
        Line(
            f"{BROKEN} broken addresses in it",
            "each listed with its reason, put aside",
            f"{states['refused']} listed, {aside} put aside",
            states["refused"] == aside == BROKEN,
        ),
        Line("a name that begins a header of its own", "no header, delivered", f"{injected} headers",
             not injected and server.got[INJECTED] == 1),
    ]  # fmt: skip


def _send_it() -> None:
    from plaza.accounts.choices import NetworkRole  # needs settings
    from plaza.accounts.models import User
    from plaza.core.secret_links import hash_of
    from plaza.mail.domain import lists
    from plaza.newsletters.domain import issues, segments
    from plaza.newsletters.domain.links import token_of
    from plaza.newsletters.models import LIST, Segment, Subscriber

    addresses = [f"{number}@many.example.org" for number in range(MANY - BROKEN - 2)]
    addresses += [INJECTED, WITH_ACCENTS, "broken\nBcc: all@example.org"]
    addresses += [f"nobody-{number}@example.org" for number in range(BROKEN - 1)]
    rows = []
    for email in addresses:
        row = Subscriber(email=email, address_hash=lists.place_of(LIST, email).address_hash, language="es")
        row.token_hash, row.consent_words, row.consent_version = hash_of(token_of(row)), "x", "1"
        row.confirmed_at = row.asked_at
        row.name = "Ana\r\nBcc: all@example.org" if email == INJECTED else ""
        rows.append(row)
    Subscriber.objects.bulk_create(rows, batch_size=1000)
    by = User.objects.create_user("accept@example.org", name="Accept", network_role=NetworkRole.SECRETARIAT)
    everybody = segments.save_segment(segment=Segment(), name="Toda la red", choices={}, by=by)
    words = {"es": ("Tres ciudades", "Hola:\n\nRiberas avisa a [sus vecinos](https://red.example/es/).")}
    issue = issues.write(issue=issues.begin(by=by), words=words, segment=everybody, by=by)
    issues.send(issue=issue, by=by)


def _worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "plaza.cli", "work"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    for line in find_out():
        sys.stdout.write(f"{line}\n")

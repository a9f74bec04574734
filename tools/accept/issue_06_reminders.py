"""Two hundred reminders, sent by the real worker to a real mail server on this machine; the worker is killed twenty times
among them."""

import asyncio
import datetime as dt
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

MANY: Final = 200
KILLS: Final = 20
# The worker dies each time that so many more were taken.
EVERY: Final = 9
PATIENCE: Final = 1200  # seconds, for all of it


class Server:
    """Takes what it is given, and remembers by which Message-ID."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.named: Counter[bytes] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        # A letter is in somebody's hand for a moment, before it is taken and after.
        await asyncio.sleep(0.01)
        self.got.update(envelope.rcpt_tos)
        head = envelope.content.partition(b"\r\n\r\n")[0]
        self.named.update(line for line in head.split(b"\r\n") if line.lower().startswith(b"message-id:"))
        await asyncio.sleep(0.01)
        return "250 taken"


def find_out() -> list[Line]:
    from aiosmtpd.controller import Controller  # slow import

    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{controller.port}?tls=none"
    try:
        with scratch_installation():
            return _lines(server)
    finally:
        controller.stop()


def _lines(server: Server) -> list[Line]:
    from plaza.mail.models import Letter  # needs settings
    from plaza.registration.models import Telling

    _register_them()
    begun, kills = time.monotonic(), 0
    worker = _worker()
    try:
        while time.monotonic() - begun < PATIENCE:
            time.sleep(0.005)
            if kills < KILLS and sum(server.got.values()) >= EVERY * (kills + 1):
                kills += 1
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                tell(f"kill {kills}, after {sum(server.got.values())} letters")
                worker = _worker()
            elif kills == KILLS and not Letter.objects.exclude(state__in=["sent", "doubtful"]).exists():
                break
    finally:
        worker.terminate()
        worker.wait(60)
    seconds = time.monotonic() - begun
    states = Counter(Letter.objects.values_list("state", flat=True))
    doubtful = set(Letter.objects.filter(state="doubtful").values_list("to", flat=True))
    told = Telling.objects.values("registration").distinct().count()
    doubled = sum(1 for times in server.got.values() if times > 1)
    doubled += sum(1 for times in server.named.values() if times > 1)
    return [
        Line(
            f"kill -9 of the worker among {MANY} reminders, {KILLS} times",
            "each delivered once, or listed as doubtful; none lost, none doubled",
            f"{kills} kills, {len(server.got)} delivered, {states['doubtful']} doubtful, {doubled} doubled, {seconds:.0f} s",
            kills == KILLS
            and not doubled
            and told == MANY == len(set(server.got) | doubtful)
            and states["sent"] + states["doubtful"] == MANY,
        )
    ]


def _register_them() -> None:
    """A meeting in fifty minutes; all have had their place for a week."""
    from django.utils import timezone  # needs settings

    from plaza.core.secret_links import hash_of
    from plaza.meetings.choices import MeetingKind, MeetingStatus
    from plaza.meetings.domain.programme import add_meeting
    from plaza.meetings.models import Meeting
    from plaza.registration.domain import desks
    from plaza.registration.domain.links import door_code_of, token_of
    from plaza.registration.models import Registration

    meeting = add_meeting(
        title="Cumbre", slug="cumbre", language="es", kind=MeetingKind.SUMMIT, by=None, status=MeetingStatus.ANNOUNCED
    )
    desks.open_registration(meeting=meeting, by=None)
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now + dt.timedelta(minutes=50), ends_at=now + dt.timedelta(minutes=110), timezone="America/Bogota"
    )
    rows = []
    for number in range(1, MANY + 1):
        row = Registration(meeting=meeting, number=number, name=f"Persona {number}", name_sort=f"persona {number}")
        row.email, row.language, row.state = f"{number}@reminded.example.org", "es", "confirmed"
        row.token_hash, row.door_hash = hash_of(token_of(row)), hash_of(door_code_of(row))
        row.seated_at = now - dt.timedelta(days=7)
        rows.append(row)
    Registration.objects.bulk_create(rows)


def _worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "plaza.cli", "work"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    for line in find_out():
        sys.stdout.write(f"{line}\n")

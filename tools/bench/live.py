"""A thousand people in a room: each asks every ten seconds whether there is anything new, while questions come, are seconded
and voted on. Over kept connections, from one process of their own, against the server that Plaza is served by."""

import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tools.accept.lines import ROOT, Line, tell
from tools.bench.installation import scratch_installation
from tools.bench.serving import served

PEOPLE: Final = 1000
EVERY: Final = 10.0
SECONDS: Final = 90.0
# What happens before is not counted: a server that has just begun, people who come in.
BEGIN: Final = 15.0
# Afterwards nothing happens any more, and a look finds nothing new.
QUIET: Final = 15.0
LANGUAGES: Final = ("es", "pt", "en", "fr")
STANDING: Final = 30
# In seconds: a question every five, three people who second one in each, a vote in each.
ASKING, SECONDING, VOTING = 5.0, 1 / 3, 1.0
MOST_MS: Final = 300
MOST_MS_OF_A_DEED: Final = 1000
FEW_HUNDRED: Final = 500
MOST_BYTES: Final = 6000
SAID: Final = "How do the neighbours know that the water rises, and who tells them in the night?"


def find_out() -> list[Line]:
    with scratch_installation():
        tell(f"registering {PEOPLE} people")
        here = _fill()
        with served("plaza.config.wsgi:application", "/healthz") as port, _connections() as most:
            command = (sys.executable, "-m", "tools.bench.live", str(port))
            done = subprocess.run(command, cwd=ROOT, input=json.dumps(here), capture_output=True, text=True, check=True)
            connections = most()
        return list(_lines(json.loads(done.stdout), connections))


def _fill() -> dict[str, Any]:
    from plaza.core.secret_links import hash_of  # needs settings
    from plaza.live.access import Ticket  # needs settings
    from plaza.live.domain import asking, polls, rooms  # needs settings
    from plaza.meetings.choices import MeetingKind, MeetingStatus  # needs settings
    from plaza.meetings.domain.programme import add_meeting  # needs settings
    from plaza.registration.choices import RegistrationState  # needs settings
    from plaza.registration.models import Registration  # needs settings

    meeting = add_meeting(
        title="Sala", slug="sala", language="es", kind=MeetingKind.SUMMIT, by=None, status=MeetingStatus.LIVE
    )
    from django.utils import timezone  # needs settings

    Registration.objects.bulk_create(
        Registration(
            meeting=meeting,
            number=number,
            name=f"Person {number}",
            name_sort=f"person {number}",
            email=f"{number}@room.example.org",
            language=LANGUAGES[number % 4],
            token_hash=hash_of(f"token {number}"),
            door_hash=hash_of(f"door {number}"),
            state=RegistrationState.CONFIRMED,
            seated_at=timezone.now(),
        )
        for number in range(PEOPLE)
    )
    people = list(Registration.objects.order_by("number"))
    room = rooms.open_room(meeting=meeting, by=None)
    for number in range(STANDING):
        question = asking.ask(
            room=room, asker=people[number], words=f"{number}: {SAID}", language="en", is_named=number % 2 == 0
        )
        for each in people[100 : 100 + number * 3]:
            asking.second(question=question, by=each)
    poll = polls.save_poll(
        room=room, poll=None, takes_several=False, shows_while_open=False, by=None, language="en",
        question="What is missing most?", choices="Money\nPeople\nTime",
    )  # fmt: skip
    polls.open_poll(poll=poll, by=None)
    return {
        "tickets": [Ticket(meeting.pk, row.pk).signed() for row in people],
        "cookie": f"plaza-room-{meeting.pk}",
        "poll": poll.pk,
        "questions": list(room.questions.values_list("pk", flat=True)),
    }


class _connections:
    """The most connections that the web server has held to the database, looked at every second."""

    def __enter__(self) -> Any:
        import threading

        self._over, self._most = threading.Event(), 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return lambda: self._most

    def _look(self) -> None:
        from django.db import connection  # needs settings

        while not self._over.wait(1):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid()"
                )
                self._most = max(self._most, cursor.fetchone()[0])
        connection.close()

    def __exit__(self, *_of_what: object) -> None:
        self._over.set()
        self._thread.join()


def _lines(told: dict[str, Any], connections: int) -> Iterator[Line]:
    polls, deeds = told["polls"], told["deeds"]
    took = sorted(polls["took"])
    middle, late, last = (took[int(len(took) * share)] for share in (0.5, 0.95, 0.999))
    rate = len(took) / told["seconds"]
    yield Line(
        f"{PEOPLE} people look every {EVERY:.0f} s for {told['seconds']:.0f} s, on two cores",
        f"p95 < {MOST_MS} ms",
        f"p95 {late:.0f} ms, median {middle:.0f} ms, p99.9 {last:.0f} ms; {len(took)} looks, {rate:.0f} a second",
        late < MOST_MS and rate > 0.9 * PEOPLE / EVERY,
    )
    wrong = sum(n for status, n in (*polls["answers"].items(), *deeds["answers"].items()) if status not in GOOD)
    yield Line(
        "answers that were none",
        "0 errors",
        f"{wrong} errors; looks {polls['answers']}, deeds {deeds['answers']}",
        wrong == 0 and len(took) > 0,
    )
    yield Line(
        "a look that finds nothing new",
        f"<= {FEW_HUNDRED} bytes there and back",
        f"{polls['asked']} bytes asked, {polls['nothing']} bytes answered",
        polls["asked"] + polls["nothing"] <= FEW_HUNDRED and polls["nothing"] > 0,
    )
    news = statistics.mean(polls["news"])
    yield Line("a look that finds something new", "<= 6,000 bytes, packed", f"{news:.0f} bytes", news <= MOST_BYTES)
    seconds = sorted(deeds["took"])
    middle, late = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
    yield Line(
        "asking, seconding and voting meanwhile",
        "p95 < 1 s",
        f"{len(seconds)} deeds, p95 {late:.0f} ms, median {middle:.0f} ms",
        late < MOST_MS_OF_A_DEED,
    )
    yield Line("connections to the database", "<= 16: two pools of eight", f"{connections}", 0 < connections <= 16)


GOOD: Final = ("200", "302", "304")


@dataclass
class Told:
    took: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    news: list[int] = field(default_factory=list)
    asked: int = 0
    nothing: int = 0


class Somebody:
    """A browser with one kept connection."""

    def __init__(self, port: int, number: int, ticket: str) -> None:
        self.port, self.ticket, self.seen = port, ticket, 'W/"0"'
        self.path = f"/{LANGUAGES[number % 4]}/meetings/sala/live/"
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, headers: dict[str, str], body: str = ""
    ) -> tuple[str, dict[str, str], int, int]:
        """Status, headers, and how many bytes there and back. A connection that the server closed is opened again, once."""
        words = "".join(f"{name}: {value}\r\n" for name, value in ({"Host": "127.0.0.1"} | headers).items())
        sent = f"{method} {path} HTTP/1.1\r\n{words}\r\n{body}".encode()
        for _ in range(2):
            if self.line is None:
                self.line = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.line
            try:
                writer.write(sent)
                await writer.drain()
                head = await reader.readuntil(b"\r\n\r\n")
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                self.line = None
        else:
            return "closed", {}, len(sent), 0
        status, *rest = head.decode("latin-1").split("\r\n")
        told = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest if line)}
        length = int(told.get("content-length", 0))
        await reader.readexactly(length)
        return status.split()[1], told, len(sent), len(head) + length

    async def looks(self, told: Told, *, is_counted: bool) -> None:
        headers = {"Plaza-Ticket": self.ticket, "If-None-Match": self.seen, "Accept-Encoding": "gzip"}
        begun = time.perf_counter()
        status, got, asked, answered = await self.ask("GET", f"{self.path}state", headers)
        took = (time.perf_counter() - begun) * 1000
        self.seen = got.get("etag", self.seen)
        if status == "304":
            told.asked, told.nothing = max(told.asked, asked), max(told.nothing, answered)
        if is_counted:
            told.took.append(took)
            told.answers[status] += 1
            if status == "200":
                told.news.append(answered)

    async def does(self, told: Told, cookie: str, **form: object) -> None:
        body = "&".join(
            f"{name}={str(value).replace(' ', '+')}"
            for name, value in {"csrfmiddlewaretoken": "x" * 32, **form}.items()
        )
        headers = {
            "Cookie": f"{cookie}={self.ticket}; csrftoken={'x' * 32}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "Accept": "text/plain",
        }
        begun = time.perf_counter()
        status, *_ = await self.ask("POST", self.path, headers, body)
        told.took.append((time.perf_counter() - begun) * 1000)
        told.answers[status] += 1


async def _live(port: int, here: dict[str, Any]) -> dict[str, Any]:
    lot = random.Random(6)
    people = [Somebody(port, number, ticket) for number, ticket in enumerate(here["tickets"])]
    looks, deeds = Told(), Told()
    begun = time.monotonic()
    counted = (begun + BEGIN, begun + BEGIN + SECONDS)
    until = counted[1] + QUIET

    async def stays(each: Somebody) -> None:
        """As the page does it: its first look some time within ten seconds, the next when this one was answered."""
        await asyncio.sleep(lot.random() * EVERY)
        while (now := time.monotonic()) < until:
            await each.looks(looks, is_counted=counted[0] < now < counted[1])
            await asyncio.sleep(max(0.0, now + EVERY * (0.9 + lot.random() / 5) - time.monotonic()))

    async def every(pause: float, deed: Any) -> None:
        number = 0
        while time.monotonic() < counted[1]:
            await asyncio.sleep(pause)
            await deed(number)
            number += 1

    # Their deeds go over another connection, as a browser may open it.
    doing = [Somebody(port, number, ticket) for number, ticket in enumerate(here["tickets"])]
    cookie = here["cookie"]
    await asyncio.gather(
        *(stays(each) for each in people),
        every(
            ASKING, lambda n: doing[500 + n].does(deeds, cookie, deed="ask", words=f"New {n}: {SAID}", language="en")
        ),
        every(
            SECONDING,
            lambda n: doing[(n * 7) % 900 + 50].does(deeds, cookie, second=here["questions"][n * 11 % STANDING]),
        ),
        every(VOTING, lambda n: doing[n].does(deeds, cookie, vote=here["poll"], **{f"choice-{here['poll']}": n % 3})),
    )
    return {"seconds": SECONDS, "polls": vars(looks), "deeds": vars(deeds)}


if __name__ == "__main__":
    # Those in the room: `python -m tools.bench.live PORT`, their tickets on standard input.
    json.dump(asyncio.run(_live(int(sys.argv[1]), json.loads(sys.stdin.read()))), sys.stdout)

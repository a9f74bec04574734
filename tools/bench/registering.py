"""A rush on a meeting: requests of 500 people over HTTP for 200 seats, one of them ten times, sent by processes of their
own to the server that Plaza is served by."""

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from typing import Final

from tools.accept.lines import ROOT, Line
from tools.bench.installation import scratch_installation
from tools.bench.serving import served

SEATS: Final = 200
PEOPLE: Final = 500
# One of them sends her form so often.
TIMES: Final = 10
REQUESTS: Final = PEOPLE + TIMES - 1
PROCESSES: Final = 10
WITHIN: Final = 60.0
PATH: Final = "/pt/meetings/corrida/register/"
HIDDEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def find_out() -> list[Line]:
    # Five hundred people have five hundred addresses; here a proxy says which.
    os.environ["PLAZA_PROXIES"] = "1"
    with scratch_installation():
        _open_meeting()
        with served("plaza.config.wsgi:application", "/healthz") as port:
            seconds, took, answers = _rush(port)
        return [*_lines(seconds, took, answers)]


def _lines(seconds: float, took: list[float], answers: Counter[int]) -> list[Line]:
    from plaza.mail.models import Letter  # needs settings
    from plaza.registration.models import Registration

    states = Counter(Registration.objects.values_list("state", flat=True))
    numbers = list(Registration.objects.order_by("number").values_list("number", flat=True))
    waiting = PEOPLE - SEATS
    same = Registration.objects.filter(email="same@rush.example.org").count()
    letters = Letter.objects.values_list("to", flat=True)
    middle, late = sorted(took)[len(took) // 2], sorted(took)[int(len(took) * 0.95)]
    return [
        Line(
            f"{REQUESTS} requests for {SEATS} seats",
            f"answered in {WITHIN:.0f} s",
            f"{seconds:.1f} s, median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms, answers {dict(answers)}",
            seconds <= WITHIN and answers == {200: REQUESTS},
        ),
        Line(
            "who has a seat, who waits",
            f"{SEATS} confirmed, {waiting} waiting",
            f"{states['confirmed']} confirmed, {states['waitlisted']} waiting",
            states == {"confirmed": SEATS, "waitlisted": waiting},
        ),
        Line(
            f"one person {TIMES} times among them",
            "1 registration, 0 doubles",
            f"{same} registration, {len(numbers) - len(set(numbers))} doubled numbers,"
            f" {len(letters) - len(set(letters))} letters too many",
            same == 1 and numbers == list(range(1, PEOPLE + 1)) and len(letters) == len(set(letters)) == PEOPLE,
        ),
    ]


def _open_meeting() -> None:
    from plaza.meetings.choices import MeetingKind, MeetingStatus  # needs settings
    from plaza.meetings.domain.programme import add_meeting
    from plaza.registration.domain import desks

    meeting = add_meeting(
        title="Corrida", slug="corrida", language="pt", kind=MeetingKind.SUMMIT, by=None, status=MeetingStatus.ANNOUNCED
    )
    desks.set_up(meeting=meeting, by=None, seats=SEATS)
    desks.open_registration(meeting=meeting, by=None)


def _rush(port: int) -> tuple[float, list[float], Counter[int]]:
    """Everybody has the page open, with what hides in its form; then all send it."""
    people = [f"{number}@rush.example.org" for number in range(PEOPLE - 1)]
    step = len(people) // TIMES
    for time_of_hers in range(TIMES):
        people.insert(time_of_hers * step, "same@rush.example.org")
    shares = [people[nth::PROCESSES] for nth in range(PROCESSES)]
    command = (sys.executable, "-m", "tools.bench.registering", str(port))
    senders = [
        subprocess.Popen((*command, str(nth)), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for nth in range(PROCESSES)
    ]
    for each in senders:
        _line_of(each)  # it is awake
    begun = time.monotonic()
    for each, share in zip(senders, shares, strict=True):
        assert each.stdin is not None  # a pipe was asked for
        each.stdin.write(json.dumps(share) + "\n")
        each.stdin.flush()
    told = [json.loads(_line_of(each)) for each in senders]
    seconds = time.monotonic() - begun
    for each in senders:
        each.wait(10)
    answers = Counter(status for each in told for status, _ in each)
    return seconds, [took for each in told for _, took in each], answers


def _line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None  # a pipe was asked for
    return process.stdout.readline()


def _send_all(port: int, people: list[str], nth: int) -> list[tuple[int, float]]:
    return [_send(port, email, f"203.0.113.{nth * 25 + number % 25}") for number, email in enumerate(people)]


def _send(port: int, email: str, comes_from: str) -> tuple[int, float]:
    """The page, then the form as a browser sends it."""
    begun = time.monotonic()
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    browser.addheaders = [("X-Forwarded-For", comes_from)]
    address = f"http://127.0.0.1:{port}{PATH}"
    page = browser.open(address, timeout=60).read().decode()
    found = HIDDEN.search(page)
    form = {"name": "Pessoa", "email": email, "language": "pt", "city": "Quito", "sector": "public"}
    form["csrfmiddlewaretoken"] = found[1] if found else ""
    try:
        with browser.open(address, urllib.parse.urlencode(form).encode(), timeout=60) as answer:
            return answer.status, time.monotonic() - begun
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - begun


if __name__ == "__main__":
    # One of those who send: `python -m tools.bench.registering PORT NTH`, its people on standard input.
    print("awake", flush=True)
    print(json.dumps(_send_all(int(sys.argv[1]), json.loads(sys.stdin.readline()), int(sys.argv[2]))), flush=True)

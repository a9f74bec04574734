"""A newsletter to many with broken addresses in it. A hundred here; ten thousand, and the worker that sends them, in
tools/accept (part `newsletter`)."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from plaza.mail.domain import sending
from plaza.mail.models import Letter
from plaza.newsletters.domain import copies, issues
from plaza.newsletters.models import Copy, Issue, Subscriber
from tests.newsletters.conftest import subscriber

MANY = 100
REFUSED = "550 5.1.1 nobody of this name"
INJECTED = "Ana\r\nBcc: all@example.org"
WRITER = """
import django, sys
django.setup()
from plaza.mail.domain import sending
from plaza.mail.models import Letter
from plaza.newsletters.domain import copies
print("ready", flush=True)
while copies._write_some() or Letter.objects.due().exists():
    for pk in Letter.objects.due().values_list("pk", flat=True):
        sending.send(pk)
"""


@pytest.fixture
def refusing(postbox):
    """A mail server that knows nobody whose address begins with `nobody`."""

    async def handle_RCPT(server, session, envelope, address, options):
        if address.startswith("nobody"):
            return REFUSED
        envelope.rcpt_tos.append(address)
        return "250 ok"

    postbox.handle_RCPT = handle_RCPT
    return postbox


def many():
    """Good ones, two the server does not know, one that cannot be an address, one that begins a header, one of a domain
    with accents."""
    rows = [subscriber(number) for number in range(MANY)]
    rows += [subscriber(0, email=f"nobody-{number}@example.org") for number in range(2)]
    rows += [
        subscriber(0, email="broken\nBcc: all@example.org"),
        subscriber(0, email="injected@example.org", name=INJECTED),
        subscriber(0, email="ana@ciudád.example"),
    ]
    Subscriber.objects.bulk_create(rows)
    return MANY + 2


def delivered(postbox):
    return Counter(letter["To"].addresses[0].addr_spec for letter in postbox.letters)


def to_the_end():
    for _ in range(3):
        copies.write_due()
        for pk in Letter.objects.due().values_list("pk", flat=True):
            sending.send(pk)
        sending.doubt_lost()
        copies.settle()


@pytest.mark.django_db
def test_a_newsletter_to_many_with_broken_addresses_in_it_reaches_all_others_once(
    network, draft, settings, refusing, client
):
    settings.NEWSLETTERS_A_MINUTE = 10_000
    good = many()
    issues.send(issue=draft, by=network.secretary)

    to_the_end()

    got = delivered(refusing)
    assert (len(got), set(got.values())) == (good, {1})
    assert got["ana@xn--ciudd-0qa.example"] == 1
    assert all(letter["Bcc"] is None for letter in refusing.letters)
    broken = dict(Copy.objects.filter(state="refused").values_list("subscriber__email", "reason"))
    assert set(broken) == {"nobody-0@example.org", "nobody-1@example.org", "broken\nBcc: all@example.org"}
    assert broken["nobody-0@example.org"] == REFUSED
    assert Counter(Copy.objects.values_list("state", flat=True)) == {"sent": good, "refused": 3}
    assert (Issue.objects.get().state, Issue.objects.get().addressed) == ("sent", good + 3)
    assert Subscriber.objects.filter(why_ended="returned").count() == 3
    client.force_login(network.secretary)
    assert REFUSED in client.get(f"/es/workspace/newsletters/{draft.pk}/").text
    assert REFUSED in client.get("/es/workspace/newsletters/subscribers/").text


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_in_the_middle_of_a_newsletter_doubles_none_and_loses_none(network, draft, settings, refusing):
    settings.NEWSLETTERS_A_MINUTE = 10_000
    good = many()
    issues.send(issue=draft, by=network.secretary)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "plaza.config.settings",
            "PLAZA_NEWSLETTERS_A_MINUTE": "10000",
            "DATABASE_URL": urlunsplit(
                urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
            ),
            "EMAIL_URL": f"smtp://127.0.0.1:{refusing.port}?tls=none",
        },
    )
    deadline = time.monotonic() + 60
    while len(refusing.received) < MANY // 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = len(refusing.received)
    time.sleep(0.5)  # PostgreSQL lets go of what the dead one held

    to_the_end()

    got, states = delivered(refusing), Counter(Copy.objects.values_list("state", flat=True))
    doubtful = set(Copy.objects.filter(state="doubtful").values_list("subscriber__email", flat=True))
    assert MANY // 4 <= before < good
    assert set(got.values()) == {1}
    assert len(doubtful) <= 1  # the one in its hand: nobody knows of it, and it is not sent again
    assert states["sent"] + states["doubtful"] == good
    assert states["refused"] == 3
    assert len(set(got) | doubtful) == good

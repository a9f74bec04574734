"""Whether somebody learns who has an account by the answers of signing in, or by how long they take."""

import re
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from tools.accept.lines import Line, tell
from tools.accept.own_database import in_own_database

TRIES: Final = 1000
WITHIN: Final = 0.10
KNOWN, UNKNOWN = "member@example.org", "nobody@example.org"
# What is new on every page, and the address that was typed.
NEW: Final = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>|' + f"{KNOWN}|{UNKNOWN}")


def find_out() -> list[Line]:
    """In a database of its own, with the password hash of production; each try is a visitor of its own."""
    return in_own_database("enumeration", _lines)


def _lines() -> Iterator[Line]:
    from plaza.accounts.models import User  # needs settings

    User.objects.filter(email__in=[KNOWN, UNKNOWN]).delete()
    User.objects.create_user(KNOWN, "correct horse battery", name="Member")
    yield _compared("a wrong password", "/es/sign-in/", lambda address: {"login": address, "password": "wrong wrong"})
    yield _compared("asking for a code", "/es/sign-in/code/", lambda address: {"email": address})


def _compared(name: str, path: str, form: Any) -> Line:
    """An address that has an account and one that has none take turns, so that what else the machine does is fair."""
    from django.test import Client  # needs settings

    from plaza.core.models import TokenBucket

    client = Client()
    seconds: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    answers: dict[str, set[tuple[int, str, str]]] = {KNOWN: set(), UNKNOWN: set()}
    for number in range(TRIES + 5):
        TokenBucket.objects.all().delete()
        for address in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            client.cookies.clear()
            begun = time.perf_counter()
            answer = client.post(path, form(address))
            spent = time.perf_counter() - begun
            shown = NEW.sub("", answer.content.decode())
            answers[address].add((answer.status_code, answer.get("Location", ""), shown))
            if number >= 5:  # the first ones warm up
                seconds[address].append(spent)
        if number % 250 == 0:
            tell(f"{name}: {number} of {TRIES}")
    known, unknown = (statistics.median(seconds[address]) * 1000 for address in (KNOWN, UNKNOWN))
    apart = abs(known - unknown) / min(known, unknown)
    is_same = answers[KNOWN] == answers[UNKNOWN] and len(answers[KNOWN]) == 1
    return Line(
        f"{name}, {TRIES} tries each: account and none",
        "the same answer, medians within 10 %",
        f"{'the same' if is_same else 'ANOTHER'} answer, {known:.1f} and {unknown:.1f} ms, {apart:.1%} apart",
        is_same and apart <= WITHIN,
    )


if __name__ == "__main__":
    for line in find_out():
        sys.stdout.write(f"{line}\n")

"""Receiving a page: reading it, and keeping what it proposes until a person decides."""

import hashlib
import re
from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.languages import DEFAULT, known
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.decode import decode
from plaza.formats.page.lines import LINE_END
from plaza.ingest.choices import Decision
from plaza.ingest.models import Proposal, ReadPage

SECONDS: Final = 60.0
MEGABYTES: Final = 1024


def receive_page(*, data: bytes, by: User | None, name: str = "", url: str = "") -> ReadPage:
    """Reads a page and keeps it with its proposals. The same page again is the same page; what was decided about the
    same words on another page stays decided. Raises Refused (NotAPage, NotReadable), and then nothing is kept."""
    reading = read_in_sandbox("page", data, seconds=SECONDS, megabytes=MEGABYTES)
    return _kept(reading, data=data, by=by, name=name, url=url)


@transaction.atomic
def _kept(reading: dict[str, Any], *, data: bytes, by: User | None, name: str, url: str) -> ReadPage:
    text = reading["source"]["text"] or decode(data)
    meetings = reading.pop("meetings")
    page, is_new = ReadPage.objects.get_or_create(
        sha256=reading["source"]["sha256"],
        defaults={
            "name": (name or _named(reading, text))[:200],
            "text": text,
            "language": known(reading["source"]["language"]) or DEFAULT,
            "url": url,
            "reading": reading | {"source": reading["source"] | {"text": None}},
            "read_by": by,
        },
    )
    if not is_new:
        return page
    lines = text_lines(text)
    names = {person["id"]: person["name"] for person in reading["people"]}
    proposals = []
    for number, meeting in enumerate(meetings, 1):
        first, last = meeting["lines"]
        for part in (meeting, *meeting["sessions"]):
            for person in part["people"]:
                person["name"] = names[person["person"]]
        proposals.append(
            Proposal(
                page=page,
                number=number,
                told=meeting,
                face=_face(lines[first - 1 : last]),
                confidence=meeting["confidence"],
                first_line=first,
                last_line=last,
            )
        )
    decided = {
        row.face: row
        for row in Proposal.objects.filter(face__in=[row.face for row in proposals]).exclude(decision=Decision.WAITING)
    }
    for row in proposals:
        if (before := decided.get(row.face)) is not None:
            row.decision, row.meeting = before.decision, before.meeting
    Proposal.objects.bulk_create(proposals, batch_size=500)
    history.record(verb="read", by=by, subject=page, meetings=len(proposals))
    return page


def text_lines(text: str) -> list[str]:
    """As the reader counts them."""
    return LINE_END.split(text)


def _named(reading: dict[str, Any], text: str) -> str:
    if reading["network"]:
        return str(reading["network"]["name"])
    return next((line.strip() for line in text_lines(text) if line.strip()), "")


def _face(lines: list[str]) -> str:
    words = " ".join(re.findall(r"\w+", fold(" ".join(lines))))
    return hashlib.sha256(words.encode()).hexdigest()

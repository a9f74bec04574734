"""Receiving a page: reading it, and keeping what it proposes until a person decides."""

import hashlib
from typing import Any

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import DEFAULT, known
from plaza.formats.decode import decode
from plaza.formats.page.name import page_name
from plaza.ingest.choices import Decision
from plaza.ingest.domain.shaping import part
from plaza.ingest.domain.source import face, read_apart, text_lines
from plaza.ingest.models import Proposal, ReadPage


def receive_page(*, data: bytes, by: User | None, name: str = "", url: str = "") -> ReadPage:
    """Reads a page and keeps it with its proposals. The same page again is the same page; what was decided about the
    same words on another page stays decided. Raises Refused (NotAPage, NotReadable), and then nothing is kept."""
    return read_already(data) or _kept(read_apart(data), data=data, by=by, name=name, url=url)


def read_already(data: bytes) -> ReadPage | None:
    """The page of this very text, which need not be read again."""
    return ReadPage.objects.filter(sha256=hashlib.sha256(decode(data).encode()).hexdigest()).first()


@transaction.atomic
def _kept(reading: dict[str, Any], *, data: bytes, by: User | None, name: str, url: str) -> ReadPage:
    text = reading["source"]["text"] or decode(data)
    meetings = reading.pop("meetings")
    page, is_new = ReadPage.objects.get_or_create(
        sha256=reading["source"]["sha256"],
        defaults={
            "name": (name or (reading["network"] or {}).get("name") or page_name(text))[:200],
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
        for told in (meeting, *meeting["sessions"]):
            for person in told["people"]:
                person["name"] = names[person["person"]]
        proposals.append(
            Proposal(
                page=page,
                number=number,
                told=meeting,
                face=face(lines[first - 1 : last]),
                confidence=meeting["confidence"],
                first_line=first,
                last_line=last,
            )
        )
    _as_decided_before(proposals)
    Proposal.objects.bulk_create(proposals, batch_size=500)
    _as_shaped_before(page)
    history.record(verb="read", by=by, subject=page, meetings=len(proposals))
    return page


def _as_decided_before(proposals: list[Proposal]) -> None:
    """The same words on another page were decided already."""
    faces = [row.face for row in proposals]
    before = Proposal.objects.filter(face__in=faces, decision__in=[Decision.ACCEPTED, Decision.REJECTED])
    decided = {row.face: row for row in before}
    for row in proposals:
        if (same := decided.get(row.face)) is not None:
            row.decision, row.meeting = same.decision, same.meeting


def _as_shaped_before(page: ReadPage) -> None:
    """What a person parted or joined on an earlier state of the page is parted and joined on this one."""
    rows = list(page.proposals.all())
    faces = [row.face for row in rows]
    parted = Proposal.objects.filter(whole_face__in=faces).exclude(page=page).prefetch_related("cut_off")
    wholes = {row.whole_face: row for row in parted}
    joined = Proposal.objects.filter(face__in=faces, decision=Decision.JOINED).exclude(page=page)
    parts = set(joined.values_list("face", flat=True))
    before: Proposal | None = None
    for row in rows:
        if row.face in parts and row.decision == Decision.WAITING and before is not None:
            row.decision, row.joined_to, row.meeting = Decision.JOINED, before, before.meeting
            row.save(update_fields=["decision", "joined_to", "meeting"])
            continue
        if row.decision != Decision.REJECTED:
            before = row
        if (whole := wholes.get(row.face)) is not None:
            offsets = sorted((latter.first_line - whole.first_line for latter in whole.cut_off.all()), reverse=True)
            latter = [part(proposal=row, at=row.first_line + offset, by=None) for offset in offsets]
            again = [Proposal.objects.get(pk=each.pk) for each in (row, *latter)]
            _as_decided_before(again)
            Proposal.objects.bulk_update(again, ["decision", "meeting"])
            before = again[-1]

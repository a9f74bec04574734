"""Where a meeting begins and ends: a person joins what the reader cut in two, and parts what it took for one."""

import re
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from plaza.accounts.models import User
from plaza.core import history
from plaza.formats.refusal import Refused
from plaza.ingest.choices import Decision
from plaza.ingest.domain.source import face, read_apart, text_lines
from plaza.ingest.models import Proposal
from plaza.meetings.choices import MeetingKind

# What stands on a line of its own in a proposal's `told`.
WITH_LINES: Final = ("people", "materials", "sessions", "places")


class NotSo(Exception):
    """It cannot be joined or parted so. `why` is a whole English sentence, a msgid."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NOTHING_BEFORE: Final = gettext_noop("There is no meeting before this one that it could be joined to.")
DECIDED: Final = gettext_noop("This has been decided already; take it back first.")
NOT_INSIDE: Final = gettext_noop("Choose a line inside the meeting, after its first.")


@transaction.atomic
def join(*, proposal: Proposal, by: User | None) -> Proposal:
    """What it tells belongs to the meeting before it on the page, which is returned. Raises NotSo."""
    rows = Proposal.objects.select_for_update().filter(page_id=proposal.page_id)
    row = rows.get(pk=proposal.pk)
    before = rows.filter(first_line__lt=row.first_line, joined_to=None).exclude(decision=Decision.REJECTED).last()
    if before is None:
        raise NotSo(NOTHING_BEFORE)
    if row.decision != Decision.WAITING or before.decision != Decision.WAITING:
        raise NotSo(DECIDED)
    row.parts.update(joined_to=before)
    row.decision, row.joined_to = Decision.JOINED, before
    row.save(update_fields=["decision", "joined_to"])
    history.record(verb="joined", by=by, subject=row.page, proposal=row.number, to=before.number)
    return before


@transaction.atomic
def part(*, proposal: Proposal, at: int, by: User | None) -> Proposal:
    """From line `at` on it is another meeting, which is returned and waits for itself. Raises NotSo."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("page").get(pk=proposal.pk)
    if row.decision != Decision.WAITING:
        raise NotSo(DECIDED)
    if not row.first_line < at <= row.last_line:
        raise NotSo(NOT_INSIDE)
    lines = text_lines(row.page.text)
    latter = Proposal(
        page=row.page,
        number=(row.page.proposals.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        told=_latter(row, at, lines),
        face=face(lines[at - 1 : row.last_line]),
        confidence=row.confidence / 2,
        first_line=at,
        last_line=row.last_line,
        split_from=row,
    )
    row.whole_face = row.whole_face or row.face
    row.told, row.last_line = _former(row, at), at - 1
    row.face = face(lines[row.first_line - 1 : row.last_line])
    row.save(update_fields=["told", "last_line", "face", "whole_face"])
    latter.save()
    history.record(verb="parted", by=by, subject=row.page, proposal=row.number, at=at)
    return latter


@transaction.atomic
def put_together(*, proposal: Proposal, by: User | None) -> Proposal:
    """Takes a parting back: the latter part is the former's again. Raises NotSo where one of them was decided."""
    latter = Proposal.objects.select_for_update(of=("self",)).select_related("page").get(pk=proposal.pk)
    row = Proposal.objects.select_for_update().filter(cut_off=latter).first()
    if row is None:
        raise NotSo(DECIDED)
    if latter.decision != Decision.WAITING or row.decision != Decision.WAITING or latter.cut_off.exists():
        raise NotSo(DECIDED)
    row.told = row.told | {several: [*row.told[several], *latter.told[several]] for several in WITH_LINES}
    row.told["date"] = row.told["date"] or latter.told["date"]
    row.told["lines"] = [row.first_line, latter.last_line]
    for names in ("cities", "organisations", "topics"):
        row.told[names] = list(dict.fromkeys([*row.told[names], *latter.told[names]]))
    row.last_line = latter.last_line
    row.face = face(text_lines(latter.page.text)[row.first_line - 1 : row.last_line])
    if row.face == row.whole_face:
        row.whole_face = ""
    latter.delete()
    row.save(update_fields=["told", "last_line", "face", "whole_face"])
    history.record(verb="put together", by=by, subject=latter.page, proposal=row.number)
    return row


def _former(row: Proposal, at: int) -> dict[str, Any]:
    told: dict[str, Any] = row.told | {
        several: [each for each in row.told[several] if each["line"] < at] for several in WITH_LINES
    }
    if told["date"] and told["date"]["line"] >= at:
        told["date"] = None
    return told | {"lines": [row.first_line, at - 1]} | _named_on(row, row.first_line, at - 1)


def _latter(row: Proposal, at: int, lines: list[str]) -> dict[str, Any]:
    """Its own words read again say what it is called and when it was; who is who stays as the whole page has it."""
    own = _read_again(lines[at - 1 : row.last_line])
    told: dict[str, Any] = row.told | {
        several: [each for each in row.told[several] if each["line"] >= at] for several in WITH_LINES
    }
    date = row.told["date"] if row.told["date"] and row.told["date"]["line"] >= at else own.get("date")
    return (
        told
        | {
            "title": own.get("title") or re.sub(r"^\W+", "", lines[at - 1]).strip() or None,
            "title_line": at,
            "lines": [at, row.last_line],
            "kind": own.get("kind") or MeetingKind.EVENT,
            "date": date,
            "number": None,
            "topics": own.get("topics", []),
        }
        | _named_on(row, at, row.last_line)
    )


def _read_again(lines: list[str]) -> dict[str, Any]:
    try:
        meetings = read_apart("\n".join(lines).encode())["meetings"]
    except Refused:
        return {}
    return dict(meetings[0]) if meetings else {}


def _named_on(row: Proposal, first: int, last: int) -> dict[str, list[str]]:
    reading = row.page.reading

    def there(several: str) -> set[str]:
        return {each["name"] for each in reading[several] if any(first <= line <= last for line in each["lines"])}

    return {
        several: [name for name in row.told[several] if name in there(several)]
        for several in ("cities", "organisations")
    }

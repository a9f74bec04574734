"""Rows of one person, together: by address; without one, by a name that is somebody's."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from plaza.formats.attendance.bigbluebutton import STAYS
from plaza.formats.attendance.drafts import Draft
from plaza.formats.attendance.records import Note, Person, Role
from plaza.formats.attendance.stays import Resolve, stays_of
from plaza.formats.attendance.terms import folded, yes_or_no

_RANK: dict[Role, int] = {"host": 0, "panelist": 1, "attendee": 2}


def grouped(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The rows of each person, in the order of the first. A machine's name without an address is nobody's twice; Teams
    lists the stays of those it has summed up without their address, so there a name finds its address."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.is_total:
            addresses[folded(draft.name)].add((draft.email or "").casefold())
    people: dict[tuple[str, str | int], list[Draft]] = {}
    for draft in drafts:
        people.setdefault(_key(draft, addresses), []).append(draft)
    return list(people.values())


def _key(draft: Draft, addresses: dict[str, set[str]]) -> tuple[str, str | int]:
    name = folded(draft.name)
    known = addresses.get(name, set())
    if draft.email is not None:
        return "address", draft.email.casefold()
    if draft.line.section == STAYS:
        return "account", draft.facts.get("account", draft.line.number)
    if draft.line.section == "activities" and len(known) == 1 and "" not in known:
        return "address", next(iter(known))
    if draft.kind == "device" and draft.action is None and draft.line.section not in ("people", "activities"):
        return "row", draft.line.number
    return "name", name or draft.line.number


def person_of(drafts: Sequence[Draft], resolve: Resolve, end: dt.datetime | None, *, has_attendance: bool) -> Person:
    """`has_attendance`: the report tells who came, not only who registered."""
    first = min(drafts, key=lambda draft: _RANK[draft.role])
    stays = stays_of(drafts, resolve, end)
    names = {folded(draft.name): draft.name for draft in drafts}
    facts = _first_told(draft.facts for draft in drafts)
    registered = next((when for draft in drafts if (when := resolve(draft.registered)) is not None), None)
    notes = [*stays.notes, *([Note.SEVERAL_NAMES] if len(names) > 1 and first.email else [])]
    attended = _attended(drafts) if has_attendance else None
    guests = [yes_or_no(draft.facts["guest"]) for draft in drafts if "guest" in draft.facts]
    return Person(
        name=first.name,
        email=first.email or next((draft.email for draft in drafts if draft.email), None),
        role=first.role,
        kind=first.kind,
        attended=attended,
        seconds=0 if attended is False else stays.seconds if has_attendance else None,
        intervals=stays.intervals,
        registered_name=facts.get("registered_name"),
        original_name=facts.get("original_name"),
        guest=guests[0] if guests else None,
        country=facts.get("country"),
        phone=facts.get("phone"),
        account=facts.get("account"),
        registered=registered,
        status=facts.get("status"),
        told=stays.told,
        answers=_answers(drafts),
        details=_first_told(draft.details for draft in drafts),
        entries=stays.entries,
        notes=tuple(notes),
    )


def _attended(drafts: Sequence[Draft]) -> bool:
    """As the report says; where it does not, its rows are of those who were there."""
    said = [draft.attended for draft in drafts if draft.attended is not None]
    came = any(draft.joined is not None or draft.left is not None for draft in drafts)
    return any(said) or came or not said


def _first_told(told: Iterable[dict[str, str]]) -> dict[str, str]:
    together: dict[str, str] = {}
    for each in told:
        for name, value in each.items():
            together.setdefault(name, value)
    return together


def _answers(drafts: Sequence[Draft]) -> dict[str, str]:
    """Each answer once; one that was changed on a later row stands beside the first, with its row."""
    answers: dict[str, str] = {}
    for draft in drafts:
        for question, answer in draft.answers.items():
            if answers.setdefault(question, answer) != answer:
                answers[f"{question} ({draft.line.number})"] = answer
    return answers

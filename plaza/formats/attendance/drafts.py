"""A row about somebody → what it says, its dates not yet decided."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Final

from plaza.core.plain import plain_line, plain_text
from plaza.formats.attendance.layout import Line
from plaza.formats.attendance.records import Kind, Note, Role
from plaza.formats.attendance.terms import (
    DEVICES,
    HOSTS,
    JOINS,
    LEAVES,
    PANELISTS,
    PROGRAMS,
    folded,
    is_none,
    yes_or_no,
)  # fmt: skip
from plaza.formats.attendance.times import Moment, duration, moment, zone_of

_ADDRESS: Final = re.compile(r"[^\s@,;<>()]{1,100}@[^\s@,;<>()]{1,150}$")
_ORIGINAL: Final = re.compile(r"^(.{1,300}?)\s?\[(.{1,300})\]$")
# Teams says it behind the name.
_GUEST: Final = re.compile(
    r"\((?:guest|invitado|invitada|convidado|convidada|invite|invitee|external|externo|externe)\)$"
)
_PHONE: Final = re.compile(
    r"(?:(?:telefono|telefone|telephone|phone|call-in user)[ _]?\d?\s?)?[+(]?[\d*][\d*()\s.\-]{4,24}$"
)
_PROGRAM: Final = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(PROGRAMS)))})(?!\w)")
_MODEL: Final = re.compile(
    r"(?:sm|moto|redmi|galaxy|xiaomi|huawei|iphone|ipad|desktop|laptop|lg|tecno|vivo|oppo)[ \-]?[a-z]{0,3}\d[\w\-]{0,20}$"
)


@dataclass(slots=True)
class Draft:
    """One row. `told` is the duration it tells in seconds, `told_otherwise` the same read as hours and minutes. `happened` and
    `action` are of tools that write a row for each coming and each going. `is_total`: the row sums up stays."""

    line: Line
    name: str
    email: str | None
    kind: Kind
    role: Role
    joined: Moment | None = None
    left: Moment | None = None
    told: int | None = None
    told_otherwise: int | None = None
    happened: Moment | None = None
    action: str | None = None  # "joins" or "leaves"
    registered: Moment | None = None
    attended: bool | None = None
    is_waiting: bool = False
    is_total: bool = False  # first joining, last leaving and the time in between of somebody, not one stay
    notes: list[Note] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)


def draft_of(line: Line, *, are_totals: bool, zone: dt.tzinfo | None) -> Draft:
    """`are_totals`: the rows of this table sum up stays that another tells. `zone`: whose clocks the report's times show,
    where it says so; a column that names its own goes before. What cannot be read becomes a note, never a refusal."""
    cells, columns = line.cells, line.columns
    notes: list[Note] = []
    given = [columns.cell(cells, "given_name"), columns.cell(cells, "last_name")]
    registered_name = _plain(" ".join(part for part in given if not is_none(part)), notes)
    name = columns.cell(cells, "name")
    name = registered_name if is_none(name) else _plain(name, notes)
    answers, details = _answers(line, notes)
    address, kind = _address(line, notes, answers), _kind(name, line.section)
    draft = Draft(line, name, address, kind, _role(line), notes=notes, answers=answers, details=details)
    for own in ("country", "phone", "status", "account"):
        if not is_none(value := columns.cell(cells, own)):
            draft.facts[own] = plain_line(value)
    if registered_name:
        draft.facts["registered_name"] = registered_name
    if renamed := _ORIGINAL.match(name):
        draft.facts["original_name"] = renamed[2].strip()
    if yes_or_no(guest := columns.cell(cells, "guest")) is not None:
        draft.facts["guest"] = guest
    elif _GUEST.search(folded(name)):
        draft.facts["guest"] = "yes"
    draft.attended = yes_or_no(columns.cell(cells, "attended")) if "attended" in columns.at else None
    draft.is_waiting = yes_or_no(columns.cell(cells, "waiting")) is True
    draft.is_total = are_totals
    _take_times(draft, zone)
    return draft


def _take_times(draft: Draft, zone: dt.tzinfo | None) -> None:
    columns, cells = draft.line.columns, draft.line.cells
    for name in ("joined", "left", "happened", "registered"):
        cell = columns.cell(cells, name)
        when = moment(cell)
        if when is None and not is_none(cell):
            draft.notes.append(Note.UNREADABLE_TIME)
            draft.details.setdefault(columns.words[columns.at[name]], plain_text(cell))
        here = zone_of(columns.zones[name]) if name in columns.zones else zone
        setattr(draft, name, in_zone(when, here) if when is not None and here is not None else when)
    long = columns.cell(cells, "duration")
    if (told := duration(long, unit=columns.unit)) is not None:
        draft.told, draft.told_otherwise = told.seconds, told.other
    elif not is_none(long):
        draft.notes.append(Note.UNREADABLE_DURATION)
        draft.details.setdefault(columns.words[columns.at["duration"]], plain_text(long))
    if "action" in columns.at:
        word = folded(columns.cell(cells, "action"))
        draft.action = "joins" if word in JOINS else "leaves" if word in LEAVES else None
        if draft.action is None:
            draft.notes.append(Note.ACTION)
            draft.details.setdefault(columns.words[columns.at["action"]], plain_text(columns.cell(cells, "action")))


def in_zone(when: Moment, zone: dt.tzinfo) -> Moment:
    """The same clock in that zone, unless it says its own."""
    one, two = (
        each.replace(tzinfo=zone) if each is not None and each.tzinfo is None else each
        for each in (when.day_first, when.month_first)
    )
    return replace(when, day_first=one, month_first=two)


def _plain(text: str, notes: list[Note]) -> str:
    """One line: a name ends up in letters and headers."""
    if "\n" in text or "\r" in text:
        notes.append(Note.LINE_BREAKS)
    return plain_line(text)


def _address(line: Line, notes: list[Note], answers: dict[str, str]) -> str | None:
    for column in ("email", "account"):
        cell = line.columns.cell(line.cells, column)
        if is_none(cell):
            continue
        if _ADDRESS.match(cell) and plain_line(cell) == cell:
            return cell
        if column == "email":
            notes.append(Note.LINE_BREAKS if "\n" in cell or "\r" in cell else Note.UNREADABLE_ADDRESS)
            answers[line.columns.words[line.columns.at["email"]]] = plain_line(cell)
    return None


def _answers(line: Line, notes: list[Note]) -> tuple[dict[str, str], dict[str, str]]:
    """The columns nobody knows, under their own words; a second one of the same words gets its number."""
    answers: dict[str, str] = {}
    for place, question in line.columns.answers.items():
        value = line.cells[place].strip() if place < len(line.cells) else ""
        if value and not is_none(value):
            answers[question if question not in answers else f"{question} ({place + 1})"] = plain_text(value)
    for place in range(len(line.columns.names), len(line.cells)):
        if line.cells[place].strip():
            notes.append(Note.BEYOND)
            answers[str(place + 1)] = plain_text(line.cells[place])
    details = {
        name: plain_text(line.cells[place])
        for place, name in line.columns.details.items()
        if place < len(line.cells) and not is_none(line.cells[place])
    }
    return answers, details


def _role(line: Line) -> Role:
    if line.section in ("host", "panelist"):
        return "host" if line.section == "host" else "panelist"
    if yes_or_no(line.columns.cell(line.cells, "moderator")):
        return "host"
    said = folded(line.columns.cell(line.cells, "role"))
    return "host" if said in HOSTS else "panelist" if said in PANELISTS else "attendee"


def _kind(name: str, section: str) -> Kind:
    words = folded(name)
    if _PROGRAM.search(words):
        return "program"
    if _PHONE.match(words):
        return "phone"
    if words in DEVICES or _MODEL.match(words):
        return "phone" if section == "other" else "device"
    return "phone" if section == "other" and any(sign.isdigit() for sign in words) else "person"

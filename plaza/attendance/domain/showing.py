"""What the review shows: rows with their candidates side by side, reasons as people say them, days in both orders."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.attendance.choices import Order
from plaza.attendance.models import AttendanceImport, AttendanceInterval, AttendanceRow
from plaza.directory.models import Membership, Person

REASONS: Final[dict[str, str | Promise]] = {
    "address": gettext_lazy("The same address, another name"),
    "same name": gettext_lazy("The same name"),
    "accents": gettext_lazy("The same name but for accents and capitals"),
    "order": gettext_lazy("The same words in another order"),
    "initials": gettext_lazy("Initials that fit"),
    "part of the name": gettext_lazy("One name is part of the other"),
    "sounds alike": gettext_lazy("The names sound alike"),
    "one letter": gettext_lazy("One letter differs"),
    "nearly the same": gettext_lazy("Nearly the same name"),
    "city": gettext_lazy("The same city"),
}
KINDS: Final[dict[str, str | Promise]] = {
    "device": gettext_lazy("a device without a name"),
    "phone": gettext_lazy("by telephone"),
    "program": gettext_lazy("a program: not counted"),
}
ROLES: Final[dict[str, str | Promise]] = {
    "host": gettext_lazy("host"),
    "panelist": gettext_lazy("on stage"),
    "attendee": gettext_lazy("in the audience"),
}
FORMATS: Final = {
    "zoom-webinar": "Zoom (webinar)",
    "zoom-meeting": "Zoom",
    "zoom-totals": "Zoom",
    "teams-v1": "Teams",
    "teams-v2": "Teams",
    "meet": "Google Meet",
    "bigbluebutton": "BigBlueButton",
}
MOST_POSTS: Final = 2
A_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be meant by a row, why (in words), and her posts, by which two of one name are told apart."""

    person: Person
    reasons: list[str]
    posts: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the report as the review shows it. `source` are its rows in the file."""

    row: AttendanceRow
    kind: str
    role: str
    source: str
    notes: list[str]
    candidates: list[Candidate]


def another_day(report: AttendanceImport) -> dt.date | None:
    """The day it tells of, where that is none of its meeting's: somebody may have taken the wrong file. A day beside them
    is theirs still: an evening elsewhere is tomorrow."""
    meeting = report.meeting
    first = AttendanceInterval.objects.filter(row__report=report).aggregate(first=Min("joined"))["first"]
    if first is None or meeting.date_start is None or meeting.date_end is None:
        return None
    day: dt.date = first.astimezone(ZoneInfo(meeting.timezone or "UTC")).date()
    return None if meeting.date_start - A_DAY <= day <= meeting.date_end + A_DAY else day


def shown(rows: Iterable[AttendanceRow]) -> list[Shown]:
    """Two queries, however many rows."""
    rows = list(rows)
    people = Person.objects.in_bulk({pk for row in rows for pk, _ in row.candidates})
    posts: dict[int, list[str]] = {}
    held = Membership.objects.filter(person__in=people).select_related("post__city", "post__organization")
    for each in held.order_by("-start", "pk"):
        posts.setdefault(each.person_id, []).append(f"{each.post.label}, {each.post.place}")
    return [
        Shown(
            row,
            str(KINDS.get(row.kind, "")),
            str(ROLES.get(row.role, "")),
            ", ".join(str(number) for number in row.source_rows),
            [_(note) for note in row.notes],
            [
                Candidate(people[pk], [str(REASONS[why]) for why in reasons], posts.get(pk, [])[:MOST_POSTS])
                for pk, reasons in row.candidates
                if pk in people and people[pk].merged_into_id is None
            ],
        )
        for row in rows
    ]


def days_by_order(report: AttendanceImport) -> list[tuple[str, str]]:
    """For choosing: each order with the day that the first time of the report would be."""
    days: dict[str, dt.date] = {}
    for row in report.rows.all()[:500]:
        days = {order.value: day for order in Order if order in row.told and (day := _first(row, order))}
        if len(days) == len(Order):
            break
    told = {order: formats.date_format(day, "DATE_FORMAT") for order, day in days.items()}
    return [(order.value, f"{told[order]} ({order.label})" if order in told else str(order.label)) for order in Order]


def _first(row: AttendanceRow, order: str) -> dt.date | None:
    stays = row.told[order][1]
    return dt.datetime.fromisoformat(stays[0][0]).date() if stays else None

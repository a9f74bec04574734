"""From bytes to a report of attendance, step by step."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from plaza.formats.attendance.bigbluebutton import STAYS, lay_out_dashboard
from plaza.formats.attendance.detect import format_of
from plaza.formats.attendance.drafts import Draft, draft_of, in_zone
from plaza.formats.attendance.layout import Layout, Line, lay_out
from plaza.formats.attendance.order import Decision, Evidence, OneOrder, decide
from plaza.formats.attendance.order import read as in_order
from plaza.formats.attendance.people import grouped, person_of
from plaza.formats.attendance.records import (
    Attendance,
    Format,
    Meeting,
    NotAttendance,
    PutAside,
    Reading,
    WhyAside,
    WhyNot,
)  # fmt: skip
from plaza.formats.attendance.rows import Sheet, aside, is_json, refuse_size, sheets_of
from plaza.formats.attendance.terms import language_of
from plaza.formats.attendance.times import Moment, duration, has_day, instant, moment, zone_of

_MOMENTS = ("started", "ended", "scheduled", "generated", "date")
_TOTALS: tuple[Format, ...] = ("bigbluebutton", "zoom-totals")
_HALF_A_DAY = 43_200


def read(data: bytes) -> Attendance:
    """The report in `data`, whatever its tool, language, separator and encoding, and whatever its name said.

    Every row with anything in it is one of somebody's rows or is put aside with the reason. Linear in the size of the
    file: 5,000 rows take about half a second. Raises NotAttendance, with a sentence for the person who sent the file.
    """
    refuse_size(data)
    found, others = (lay_out_dashboard(data), []) if is_json(data) else _of_sheets(sheets_of(data))
    if not found.columns:
        raise NotAttendance(WhyNot.NO_REPORT)
    if not found.lines:
        raise NotAttendance(WhyNot.NOBODY)
    return _read(found, others)


def _of_sheets(sheets: Sequence[Sheet]) -> tuple[Layout, list[PutAside]]:
    """The sheet that names most people, the first of those, and the rows of all others."""
    laid_out = [(lay_out(sheet.rows), sheet) for sheet in sheets]
    found, best = max(laid_out, key=lambda pair: (len(pair[0].lines), bool(pair[0].columns)))
    return found, [
        aside(row, WhyAside.OTHER_SHEET, each.name) for each in sheets if each is not best for row in each.rows
    ]


def _read(found: Layout, others: list[PutAside]) -> Attendance:
    kind = format_of(found)
    zone = zone_of(found.facts["time_zone"]) if "time_zone" in found.facts else None
    drafts = [draft_of(line, are_totals=_is_total(kind, line), zone=zone) for line in found.lines]
    facts = _Facts.of(found, zone)
    language = language_of([*found.names(), *found.facts])
    decision = decide(_evidence(drafts, facts), language)
    host = facts.words.get("host_email", "").casefold()
    for draft in drafts:
        if draft.email is not None and draft.email.casefold() == host:
            draft.role = "host"
    groups = grouped(drafts)
    has_attendance = kind != "zoom-registration"
    readings = [_reading(groups, facts, order, has_attendance=has_attendance) for order in _orders(decision)]
    put_aside = tuple(sorted((*found.put_aside, *others), key=lambda left: (left.sheet or "", left.row)))
    return Attendance(
        format=kind,
        language=language,
        time_zone=_zone_said(found, readings[0]),
        has_days=all(map(has_day, _times(readings[0]))),
        date_order=decision.order,
        why_order=decision.why,
        read_as=decision.read_as if decision.order is not None else None,
        reading=readings[0],
        otherwise=readings[1] if len(readings) > 1 else None,
        rows_in=len(found.lines) + len(put_aside),
        put_aside=put_aside,
    )


def _is_total(kind: Format, line: Line) -> bool:
    """Whether a row sums somebody up."""
    return line.section == "people" or (kind in _TOTALS and line.section != STAYS)


def _orders(decision: Decision) -> list[OneOrder]:
    if decision.order != "ambiguous":
        return [decision.read_as]
    return [decision.read_as, "month first" if decision.read_as == "day first" else "day first"]


@dataclass(frozen=True, slots=True)
class _Facts:
    words: dict[str, str]
    moments: dict[str, Moment]

    @classmethod
    def of(cls, found: Layout, zone: dt.tzinfo | None) -> "_Facts":
        told = {name: moment(found.facts[name]) for name in _MOMENTS if name in found.facts}
        moments = {name: in_zone(when, zone) if zone else when for name, when in told.items() if when is not None}
        return cls(found.facts, moments)

    def day(self, order: OneOrder) -> dt.date | None:
        """The day of the meeting, for reports whose rows tell only the time."""
        for name in ("date", "started", "scheduled"):
            when = self.moments.get(name)
            if when is not None and when.has_day:
                read = in_order(when, order)
                return read.date() if read else None
        return None

    def at(self, name: str, order: OneOrder) -> dt.datetime | None:
        return _on(self.moments.get(name), order, self.day(order))

    def number(self, name: str) -> int | None:
        word = self.words.get(name, "")
        return int(word) if word.isascii() and word.isdigit() and len(word) < 9 else None


def _on(
    when: Moment | None, order: OneOrder, day: dt.date | None, start: dt.datetime | None = None
) -> dt.datetime | None:
    """The moment in that order of day and month; a time alone on the day of the meeting, or on the morning after it."""
    read = in_order(when, order)
    if read is None or when is None or when.has_day or day is None:
        return read
    read = dt.datetime.combine(day, read.timetz())
    late = start is not None and instant(start) - instant(read) > _HALF_A_DAY
    return read + dt.timedelta(days=1) if late else read


def _reading(groups: Sequence[Sequence[Draft]], facts: _Facts, order: OneOrder, *, has_attendance: bool) -> Reading:
    day, start, end = facts.day(order), facts.at("started", order), facts.at("ended", order)
    if start and end and not facts.moments["ended"].has_day and instant(end) < instant(start):
        end += dt.timedelta(days=1)

    def resolve(when: Moment | None) -> dt.datetime | None:
        return _on(when, order, day, start)

    people = tuple(person_of(group, resolve, end, has_attendance=has_attendance) for group in groups)
    long = duration(facts.words.get("duration", ""))
    meeting = Meeting(
        title=facts.words.get("title"),
        id=facts.words.get("id"),
        started=start,
        ended=end,
        scheduled=facts.at("scheduled", order),
        host_name=facts.words.get("host_name"),
        host_email=facts.words.get("host_email"),
        duration=long.seconds if long else None,
        participants=facts.number("participants"),
        registered=facts.number("registered"),
        generated=facts.at("generated", order),
    )
    return Reading(meeting, people)


def _evidence(drafts: Sequence[Draft], facts: _Facts) -> Evidence:
    return Evidence(
        spans=[(draft.joined, draft.left, draft.told) for draft in drafts]
        + [(draft.happened, None, None) for draft in drafts if draft.happened],
        facts=[when for name in ("date", "started", "ended", "scheduled") if (when := facts.moments.get(name))],
        before=[draft.registered for draft in drafts if draft.registered],
        after=[facts.moments["generated"]] if "generated" in facts.moments else [],
    )


def _zone_said(found: Layout, reading: Reading) -> str | None:
    """The zone in the words of the file, or the one that all its times say; None where it says none."""
    if "time_zone" in found.facts:
        return found.facts["time_zone"]
    zones = {when.tzinfo for when in _times(reading)}
    (zone,) = zones if len(zones) == 1 else (None,)
    return str(zone) if zone is not None else None


def _times(reading: Reading) -> list[dt.datetime]:
    stays = [(entry.joined, entry.left) for person in reading.people for entry in person.entries]
    return [when for stay in stays for when in stay if when is not None]

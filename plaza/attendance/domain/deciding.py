"""What a person says of a report: how its times are meant, and who somebody is. Each deed may run twice, and is undone."""

import datetime as dt

from django.db import transaction

from plaza.accounts.models import User
from plaza.attendance.choices import Match, Order
from plaza.attendance.domain.known import place_on_the_day
from plaza.attendance.domain.matching import WRITTEN, match_rows
from plaza.attendance.domain.receiving import settle
from plaza.attendance.domain.times import make_intervals, take_seconds
from plaza.attendance.models import AttendanceImport, AttendanceRow
from plaza.core import history
from plaza.directory.domain.people import enrol
from plaza.directory.models import Person
from plaza.knowledge.domain.people import forget_people
from plaza.meetings.zones import is_zone


class NotSo(Exception):
    """What was said cannot be: the report does not ask it, or it is taken back, or nobody stands by that key."""


@transaction.atomic
def say_times(
    *, report: AttendanceImport, by: User, order: str = "", day: dt.date | None = None, zone: str = ""
) -> AttendanceImport:
    """Answers what the report leaves open; said anew, the intervals are made anew. What it does not ask is not taken."""
    row = _locked(report)
    said = {"order": order, "day": day, "zone": zone}
    if any(not said[each] for each in row.asks) or (order and order not in Order.values):
        raise NotSo
    if "zone" in row.asks and not is_zone(zone):
        raise NotSo
    row.order = order if "order" in row.asks else row.order
    row.day = day if "day" in row.asks else None
    row.zone = zone if "zone" in row.asks else ""
    row.save(update_fields=["order", "day", "zone"])
    people = list(row.rows.all())
    AttendanceRow.objects.bulk_update(take_seconds(row, people), ["seconds"], batch_size=1000)
    make_intervals(row, people)
    settle(row)
    told = {name: str(said[name]) for name in row.asks}
    history.record(verb="attendance times said", by=by, subject=row, said=told)
    return row


@transaction.atomic
def say_who(*, row: AttendanceRow, person: Person | None, by: User) -> None:
    """This person; None where it is nobody: a room, a program. Nobody who was merged into another."""
    found, report = _locked_row(row)
    if person is not None and not Person.objects.standing().filter(pk=person.pk).exists():
        raise NotSo
    _decided(found, report, person, by, is_new=False)


@transaction.atomic
def say_new(*, row: AttendanceRow, name: str, by: User) -> Person:
    """Somebody the directory did not know. Said twice, she is one."""
    found, report = _locked_row(row)
    if found.made_person and found.person is not None and found.person.name == name:
        return found.person
    if not name:
        raise NotSo
    person = enrol(name=name[:200], by=by)
    _decided(found, report, person, by, is_new=True)
    return person


def _decided(row: AttendanceRow, report: AttendanceImport, person: Person | None, by: User, *, is_new: bool) -> None:
    made_before = row.person_id if row.made_person else None
    row.match, row.person, row.made_person = Match.DECIDED, person, is_new
    if person is not None and not (row.city_id and row.sector):
        city, sector = place_on_the_day(person, report.meeting)
        row.city_id, row.sector = row.city_id or city, row.sector or sector
    row.save(update_fields=["match", "person", "made_person", "city", "sector"])
    if made_before != row.person_id:
        forget_people([made_before])
    settle(report)
    pk = person.pk if person else None
    history.record(verb="attendance decided", by=by, subject=report, row=row.number, person=pk)


@transaction.atomic
def undo(*, row: AttendanceRow, by: User) -> None:
    """Forgets what a person decided, and looks again as if nobody had."""
    found, report = _locked_row(row)
    if found.match != Match.DECIDED:
        return
    made = found.person_id if found.made_person else None
    found.match, found.person, found.made_person = Match.UNKNOWN, None, False
    found.save(update_fields=["match", "person", "made_person"])
    forget_people([made])
    match_rows([found], report.meeting)
    found.save(update_fields=WRITTEN)
    settle(report)
    history.record(verb="attendance decision undone", by=by, subject=report, row=found.number)


def _locked(report: AttendanceImport) -> AttendanceImport:
    row = AttendanceImport.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=report.pk)
    if row.is_taken_back:
        raise NotSo
    return row


def _locked_row(row: AttendanceRow) -> tuple[AttendanceRow, AttendanceImport]:
    """The report is held first: its state follows from all of its rows."""
    report = _locked(AttendanceImport(pk=row.report_id))
    return AttendanceRow.objects.select_for_update().get(pk=row.pk), report

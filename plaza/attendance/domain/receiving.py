"""A report comes in, is read apart, and is taken back."""

import hashlib
import re
from enum import StrEnum
from typing import Any, Final

from django.db import IntegrityError, transaction

from plaza.accounts.models import User
from plaza.attendance.choices import CameBy, ImportState, Match
from plaza.attendance.domain.led_in import emails_by_key, is_ours
from plaza.attendance.domain.matching import match_rows
from plaza.attendance.domain.times import bare, make_intervals, naive, take_seconds
from plaza.attendance.domain.writing import write_many
from plaza.attendance.models import LONGEST_NAME, AttendanceImport, AttendanceRow
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.plain import plain_line
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.attendance import MOST_BYTES, NotAttendance, WhyNot, in_order, order_on
from plaza.formats.refusal import Refused, gettext_noop
from plaza.knowledge.domain.people import forget_people
from plaza.meetings.models import Meeting, Session

SECONDS: Final = 60.0
# How people ask for a city in a form of their own, folded.
_CITY: Final = re.compile(r"\b(ciudad|ciudades|cidade|city|town|ville|municipio|municipality|municipalite|commune)\b")
_NOWHERE: Final = frozenset(("ninguna", "ninguno", "nenhuma", "none", "aucune", "n/a", "na", "-", "--"))


class WhyNotHere(StrEnum):
    """Why a report that can be read says nothing of who came: msgids."""

    REGISTRATIONS = gettext_noop(
        "This is a list of who registered, not of who came: save the report of attendees (or participants) and send that."
    )


class NotHere(Refused):
    """The report is one, but of something else. `why` is a WhyNotHere."""

    reasons = WhyNotHere


class HereAlready(Exception):
    """The same file came in for this meeting before; `as_` is that import."""

    def __init__(self, as_: AttendanceImport) -> None:
        super().__init__(as_.pk)
        self.as_ = as_


def receive_report(
    *,
    meeting: Meeting,
    data: bytes,
    by: User | None,
    name: str = "",
    session: Session | None = None,
    came_by: CameBy = CameBy.FILE,
) -> AttendanceImport:
    """Reads a report and keeps it with its people, each with the person she is where there is no doubt. What it leaves open
    is asked for (`asks`), and until then nobody of it counts. Raises Refused (NotAttendance, NotReadable, NotHere) or
    HereAlready, and then nothing is kept."""
    if len(data) > MOST_BYTES:
        raise NotAttendance(WhyNot.TOO_LARGE)
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_twice(meeting, sha256)
    document = _plain(read_in_sandbox("attendance", data, seconds=SECONDS))
    if document["format"] == "zoom-registration":
        raise NotHere(WhyNotHere.REGISTRATIONS)
    try:
        return _kept(document, meeting=meeting, session=session, sha256=sha256, name=name, came_by=came_by, by=by)
    except IntegrityError:
        _refuse_twice(meeting, sha256)  # another was quicker
        raise


def _refuse_twice(meeting: Meeting, sha256: str) -> None:
    before = AttendanceImport.objects.standing().filter(meeting=meeting, sha256=sha256).first()
    if before is not None:
        raise HereAlready(before)


@transaction.atomic
def _kept(
    document: dict[str, Any],
    *,
    meeting: Meeting,
    session: Session | None,
    sha256: str,
    name: str,
    came_by: CameBy,
    by: User | None,
) -> AttendanceImport:
    order = _order_by_the_day(document, meeting)
    if order:
        document = in_order(document, order)  # type: ignore[arg-type]  # one of the two
    people, other = document.pop("people"), document.pop("otherwise")
    report = AttendanceImport(
        meeting=meeting,
        session=session,
        sha256=sha256,
        name=plain_line(name)[:200],
        format=document["format"],
        rows_in=document["rows_in"],
        put_aside=document.pop("put_aside"),
        report=document,
        order=order,
        came_by=came_by,
        by=by,
    )
    led_in = emails_by_key(meeting, [person["account"] for person in people if person["account"]])
    is_our_room = came_by != CameBy.FILE or document["meeting"].get("id") == str(meeting.uuid)
    for person in people:
        key = person["account"] or ""
        person["email"] = person["email"] or led_in.get(key)
        if is_our_room and key not in led_in and is_ours(key):  # she erased herself since: a number
            person |= {"name": "", "email": None, "registered_name": None, "original_name": None}
    rows = [_row(report, number, person) for number, person in enumerate(people, 1)]
    second = (
        [_told(person, row.source_rows) for row, person in zip(rows, other["people"], strict=True)] if other else []
    )
    # Where only the days of registering are open, the stays are the same in both orders.
    is_ambiguous = any(row.told[""] != told for row, told in zip(rows, second, strict=False))
    if is_ambiguous and other is not None:
        for row, told in zip(rows, second, strict=True):
            row.told = {document["dates"]["read_as"]: row.told[""], other["read_as"]: told}
    report.asks = _open(rows, is_ambiguous=is_ambiguous, has_days=document["dates"]["have_days"])
    report.save()
    for row in rows:
        row.report = report  # which has its key by now
    match_rows(rows, meeting)
    if not report.asks:
        take_seconds(report, rows)
    write_many(AttendanceRow, rows)
    keys = dict(report.rows.values_list("number", "pk"))
    for row in rows:
        row.pk = keys[row.number]
    if not report.asks:
        make_intervals(report, rows)
        settle(report)
    history.record(verb="attendance received", by=by, subject=report, people=len(rows), rows=report.rows_in)
    history.record(verb="attendance received", by=by, subject=meeting, report=report.pk)
    return report


def settle(report: AttendanceImport) -> None:
    """The state that follows from its questions and its rows."""
    if report.is_taken_back or (report.state == ImportState.ASKED and _is_open(report)):
        return
    doubts = report.rows.filter(match=Match.DOUBT).exists()
    report.state = ImportState.MATCHED if doubts else ImportState.DONE
    report.save(update_fields=["state"])


def _is_open(report: AttendanceImport) -> bool:
    said = {"order": report.order, "day": report.day, "zone": report.zone}
    return any(not said[each] for each in report.asks)


@transaction.atomic
def take_back(*, report: AttendanceImport, by: User | None) -> None:
    """Nobody of it came any more, and nothing of anybody is left of it; people whom its decisions made go again where nothing
    else has come to need them. Taken back twice is taken back once."""
    row = AttendanceImport.objects.select_for_update().get(pk=report.pk)
    if row.is_taken_back:
        return
    made = list(row.rows.filter(made_person=True).values_list("person_id", flat=True))
    row.rows.all().delete()
    forget_people(made)
    row.state, row.report, row.put_aside, row.name = ImportState.TAKEN_BACK, {}, [], ""
    row.save(update_fields=["state", "report", "put_aside", "name"])
    history.record(verb="attendance taken back", by=by, subject=row)
    history.record(verb="attendance taken back", by=by, subject=row.meeting, report=row.pk)


def _order_by_the_day(document: dict[str, Any], meeting: Meeting) -> str:
    if meeting.date_start is None or meeting.date_end is None:
        return ""
    return order_on(document, meeting.date_start, meeting.date_end) or ""


def _row(report: AttendanceImport, number: int, person: dict[str, Any]) -> AttendanceRow:
    other = person["registered_name"] or person["original_name"] or ""
    return AttendanceRow(
        report=report,
        number=number,
        name=person["name"][:LONGEST_NAME],
        other_name=other[:LONGEST_NAME] if other != person["name"] else "",
        email=(person["email"] or "")[:254],
        role=person["role"],
        kind=person["kind"],
        came=person["attended"] is not False,
        notes=person["notes"],
        answers=person["answers"],
        told={"": _told(person, person["rows"])},
        source_rows=person["rows"],
        country=(person["country"] or "")[:80],
        city_words=_city_of(person["answers"]),
    )


def _told(person: dict[str, Any], rows: list[int]) -> list[Any]:
    """[seconds, [[joined, left, row], …]]: a stay bears the row of the file in which it begins."""
    begun: dict[str, int] = {}
    for row, entry in zip(rows, person["entries"], strict=True):
        joined = entry["joined"] if isinstance(entry, dict) else entry[0]
        begun.setdefault(joined, row)
    return [person["seconds"], [[joined, left, begun.get(joined, rows[0])] for joined, left in person["intervals"]]]


def _city_of(answers: dict[str, str]) -> str:
    for question, answer in answers.items():
        if _CITY.search(fold(question)) and fold(answer) not in _NOWHERE:
            return answer[:200]
    return ""


def _open(rows: list[AttendanceRow], *, is_ambiguous: bool, has_days: bool) -> list[str]:
    times = [when for row in rows for _, stays in row.told.values() for stay in stays for when in stay[:2] if when]
    found = {
        "order": is_ambiguous and has_days,
        "day": not has_days and any(bare(when) for when in times),
        "zone": any(naive(when) for when in times),
    }
    return [name for name, is_open in found.items() if is_open]


def _plain(told: Any) -> Any:
    """Without marks that the database refuses or that turn a page around, whoever wrote them into the file."""
    if isinstance(told, str):
        return plain_line(told)
    if isinstance(told, list):
        return [_plain(each) for each in told]
    return {plain_line(key): _plain(value) for key, value in told.items()} if isinstance(told, dict) else told

"""Attendance that arrives by itself: what a BigBlueButton server sends after the end, or, where it sends nothing, what was
seen by looking into the room every few minutes. Both come in by the deed that files come in by."""

import datetime as dt
import hashlib
import json
import logging
import uuid
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from plaza.attendance.choices import CameBy
from plaza.attendance.domain.led_in import is_ours, known_by_key
from plaza.attendance.domain.receiving import HereAlready, receive_report, take_back
from plaza.attendance.models import LONGEST_NAME, AttendanceImport, SentReport, Sighting
from plaza.core import jobs
from plaza.core.site import absolute
from plaza.files.sandbox import NotReadable
from plaza.formats.attendance import MOST_BYTES as MOST_BYTES_OF_A_REPORT
from plaza.formats.attendance import NotAttendance, WhyNot
from plaza.formats.refusal import Refused
from plaza.meetings.domain.online import online_venue_of, opens_at
from plaza.meetings.models import Meeting, OnlineVenue
from plaza.venues.venue import Present, Role

log = logging.getLogger(__name__)

MOST_BYTES: Final = MOST_BYTES_OF_A_REPORT
NAME: Final = "BigBlueButton"
# In the place of a name, for a reader that passes over those who have none.
NAMELESS: Final = "…"
# Somebody not seen in two looks was out in between.
STILL_IN: Final = dt.timedelta(minutes=5)
# She came up to a look before she was first seen, and stayed up to one after: the two halves together.
A_LOOK: Final = dt.timedelta(minutes=2)
# So long the server has to send its own account, which is better.
WAITED_FOR: Final = dt.timedelta(hours=1)


class OfNoMeeting(Exception):
    """It tells of a room of no meeting of ours."""


def take_in(body: bytes) -> SentReport:
    """Kept as it came, for a job to read; the same again changes nothing, but that it is tried again where it could not be
    read yet. Raises NotAttendance, OfNoMeeting."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAttendance(WhyNot.DATA) from error
    meeting = _meeting_of(document)
    sha256 = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        row, _ = SentReport.objects.get_or_create(meeting=meeting, sha256=sha256, defaults={"body": body})
        if row.read_at is None:
            once = f"read sent report {row.pk}"
            jobs.later("plaza.attendance.tasks.read_sent_report", once_as=once, sent_id=row.pk)
    return row


def _meeting_of(document: Any) -> Meeting:
    room = document.get("meeting_id") if isinstance(document, dict) else None
    try:
        key = uuid.UUID(room) if isinstance(room, str) and len(room) == 36 else None
    except ValueError:
        key = None
    # Also one whose place is another by now: the server may be late.
    found = Meeting.objects.filter(uuid=key).first() if key else None
    if found is None:
        raise OfNoMeeting
    return found


def read_sent_report(sent_id: int) -> AttendanceImport | None:
    """By the deed that files come in by. What is no report is told on the page of who came. May run twice. Raises NotReadable
    where its reader did not get through it: that may pass, so it is kept to be read again."""
    row = SentReport.objects.select_related("meeting").get(pk=sent_id)
    if row.read_at is not None:
        return None
    report, why = None, ""
    if _was_tried_out(row):
        row.body, row.read_at = b"", timezone.now()
        row.save(update_fields=["body", "read_at"])
        return None
    try:
        report = receive_report(meeting=row.meeting, data=bytes(row.body), name=NAME, came_by=CameBy.SENT, by=None)
    except HereAlready as before:
        report = before.as_
    except NotReadable as reason:
        row.why = str(reason.why)[:300]
        row.save(update_fields=["why"])
        raise
    except Refused as reason:
        why = str(reason.why)
    with transaction.atomic():
        if report is not None and not report.is_taken_back:
            _put_in_place_of_looks(report)
        row.body, row.why, row.read_at = b"", why[:300], timezone.now()
        row.save(update_fields=["body", "why", "read_at"])
    return report


def _was_tried_out(row: SentReport) -> bool:
    """Before its door opened only those who run the network can have been in: nobody came."""
    venue = online_venue_of(row.meeting)
    opens = opens_at(venue) if venue else row.meeting.starts_at
    sent = json.loads(bytes(row.body)).get("data")
    ended = _moment(sent.get("finish")) if isinstance(sent, dict) else None
    return opens is not None and ended is not None and ended < opens


def _put_in_place_of_looks(report: AttendanceImport) -> None:
    """What was seen by looking is less exact, and would count who has no address twice."""
    began, ended = (_moment(report.report["meeting"].get(name)) for name in ("started", "ended"))
    if began is None or ended is None:
        return
    Sighting.objects.filter(meeting=report.meeting, first_at__gte=began, first_at__lte=ended).delete()
    for other in AttendanceImport.objects.standing().filter(meeting=report.meeting, came_by=CameBy.SEEN):
        seen = _moment(other.report["meeting"].get("started"))
        if seen is not None and began <= seen <= ended:
            take_back(report=other, by=None)


def _moment(told: Any) -> dt.datetime | None:
    found = parse_datetime(told) if isinstance(told, str) else None
    return found if found is not None and found.tzinfo else None


@transaction.atomic
def note_present(row: OnlineVenue, present: Sequence[Present], now: dt.datetime) -> None:
    """Who is in the room at a look, once its door is open. As many queries for three as for a thousand; heard twice, it is
    one look."""
    meeting, opens = row.meeting, opens_at(row)
    if opens is not None and now < opens:
        return
    lately = Sighting.objects.select_for_update().filter(meeting=meeting, last_at__gte=now - STILL_IN)
    here = {each.key: each for each in lately.order_by("first_at")}
    seen = {each.key[:200]: each for each in present if each.key}
    Sighting.objects.filter(pk__in=[here[key].pk for key in seen if key in here], last_at__lt=now).update(last_at=now)
    new = [key for key in seen if key not in here]
    Sighting.objects.bulk_create(
        [
            Sighting(
                meeting=meeting,
                key=key,
                name="" if is_ours(key) else seen[key].name[:LONGEST_NAME],
                moderates=seen[key].role == Role.MODERATOR,
                first_at=now,
                last_at=now,
            )
            for key in new
        ],
        ignore_conflicts=True,
    )


def forget_in_unread(meetings: Collection[int], keys: Collection[str]) -> None:
    """Reports that no job has read yet name nobody any more who bears one of these keys."""
    waiting = SentReport.objects.select_for_update().filter(meeting__in=meetings, read_at=None)
    for row in waiting:
        document = json.loads(bytes(row.body))
        data = document.get("data") if isinstance(document, dict) else None
        attendees = data.get("attendees") if isinstance(data, dict) else None
        hers = [
            each
            for each in (attendees if isinstance(attendees, list) else [])
            if isinstance(each, dict) and each.get("ext_user_id") in keys
        ]
        for each in hers:
            each["name"] = NAMELESS
        if hers:
            row.body = json.dumps(document).encode()
            row.save(update_fields=["body"])


def read_what_was_seen() -> int:
    """Of rooms that ended a while ago and whose server has sent nothing: what was seen becomes a report. How many."""
    due = OnlineVenue.objects.filter(
        ended_at__lte=timezone.now() - WAITED_FOR, meeting__pk__in=Sighting.objects.values("meeting")
    )
    return sum(_read_seen(row.meeting) for row in due.select_related("meeting"))


def waits_to_be_read(meeting: Meeting) -> bool:
    """Whether somebody was seen in its room and no report tells of it yet: until then its place stays."""
    return Sighting.objects.filter(meeting=meeting).exists()


def _read_seen(meeting: Meeting) -> bool:
    rows = list(Sighting.objects.filter(meeting=meeting))
    names = {key: name for key, (_, name) in known_by_key(meeting, {row.key for row in rows}).items()}
    try:
        receive_report(meeting=meeting, data=_document(meeting, rows, names), name=NAME, came_by=CameBy.SEEN, by=None)
        is_read = True
    except NotReadable as reason:  # this may pass: they are read by the next job
        log.warning("what was seen of meeting %s was not read: %s", meeting.pk, reason)
        return False
    except (HereAlready, Refused):  # a job that was killed before it could forget them; or nobody of them is left
        is_read = False
    Sighting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return is_read


def _document(meeting: Meeting, rows: Sequence[Sighting], names: dict[str, str]) -> bytes:
    """In the form of the server's own account; the same rows give the same bytes."""
    people: dict[str, dict[str, Any]] = {}
    for row in rows:
        # Who erased herself since stays a number.
        name = names.get(row.key, row.name) or (NAMELESS if is_ours(row.key) else "")
        person = people.setdefault(
            row.key, {"ext_user_id": row.key, "name": name, "moderator": row.moderates, "joins": [], "leaves": []}
        )
        person["joins"].append(row.first_at.isoformat())
        person["leaves"].append((row.last_at + A_LOOK).isoformat())
    data = {
        "metadata": {"meeting_name": meeting.title},
        "start": min(row.first_at for row in rows).isoformat(),
        "finish": max(row.last_at + A_LOOK for row in rows).isoformat(),
        "attendees": list(people.values()),
    }
    return json.dumps({"version": "1.0", "meeting_id": str(meeting.uuid), "data": data}).encode()


def address_for_reports(meeting: Meeting) -> dict[str, str]:
    """Where a room of ours sends its account of who was there."""
    return {"analytics-callback-url": absolute(reverse("reports:from-video-server"))}

"""Looking into rooms that are open: who is in, and whether it is over. And what was recorded, once it is."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, override

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import DEFAULT, known
from plaza.core.registry import Registry
from plaza.knowledge.choices import WorkKind
from plaza.knowledge.domain.materials import name_work
from plaza.knowledge.models import Work
from plaza.meetings.choices import SessionKind, VenueKind
from plaza.meetings.domain.online import venue_of
from plaza.meetings.domain.programme import keep_work
from plaza.meetings.models import FoundRecording, OnlineVenue, Session
from plaza.venues.venue import Found, Present, VenueDown

log = logging.getLogger(__name__)

# A room that was asked for a moment ago may not be there yet for the one who looks.
SETTLES: Final = dt.timedelta(minutes=2)
# A server that does not answer for so long after the meeting tells nothing more of it.
GIVEN_UP: Final = dt.timedelta(hours=12)
# So long a server may take to make a recording.
RECORDING_COMES: Final = dt.timedelta(days=14)

# Rooms above hear who is in (a look every few minutes); each may hear the same twice.
when_seen: Final[Registry[Callable[[OnlineVenue, Sequence[Present], dt.datetime], None]]] = Registry("who is in a room")


def look_into_rooms() -> int:
    """How many are open. One server that is down keeps nobody from looking into the next room."""
    open_still = 0
    for row in OnlineVenue.objects.open_rooms():
        now = timezone.now()
        try:
            present = venue_of(row).present(row.room)
        except VenueDown as reason:
            log.warning("no look into the room of meeting %s: %s", row.meeting_id, reason)
            ends = row.meeting.ends_at or row.asked_at or row.opened_at
            if ends is None or now < ends + GIVEN_UP:
                open_still += 1
                continue
            present = None
        if present is None:
            if row.asked_at is None or now - row.asked_at >= SETTLES:
                note_ended(row)
            continue
        open_still += 1
        for _, hear in when_seen.items():
            hear(row, present, now)
    return open_still


@transaction.atomic
def note_ended(row: OnlineVenue) -> None:
    here = OnlineVenue.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=row.pk)
    if here.ended_at is not None or here.asked_at != row.asked_at:  # or somebody opened it after this look
        return
    here.ended_at = timezone.now()
    here.save(update_fields=["ended_at"])


def look_for_recordings() -> int:
    """Of rooms that have ended and were to be recorded: each opening may have one, of another day or of trying it out, so one
    that was found ends no search. How many are new."""
    new = 0
    waiting = OnlineVenue.objects.filter(
        kind=VenueKind.BIGBLUEBUTTON,
        records=True,
        ended_at__gt=timezone.now() - RECORDING_COMES,
    )
    for row in waiting.select_related("meeting"):
        try:
            found = venue_of(row).recordings(row.room)
        except VenueDown as reason:
            log.warning("no look for recordings of meeting %s: %s", row.meeting_id, reason)
            continue
        new += sum(_keep(row, each) for each in found)
    return new


def _keep(row: OnlineVenue, found: Found) -> bool:
    _, is_new = FoundRecording.objects.get_or_create(
        venue=row,
        key=found.key[:200],
        defaults={"address": found.address, "minutes": found.minutes, "began": found.began},
    )
    return is_new


@transaction.atomic
def take_recording(*, found: FoundRecording, by: User) -> Work | None:
    """It is a recording of the meeting from now on, at the server's address, for whom the meeting is for. Taken twice is
    taken once. Raises NotFetched for what is no address of the web."""
    row = FoundRecording.objects.select_for_update(of=("self",)).select_related("venue__meeting").get(pk=found.pk)
    if row.decided_at is not None:
        return row.work
    meeting = row.venue.meeting
    language = known(meeting.language) or DEFAULT
    with override(language):
        label = str(WorkKind.RECORDING.label)
        called = {"kind": label[:1].upper() + label[1:], "meeting": meeting.title}
        title = gettext("%(kind)s: %(meeting)s") % called
    work = name_work(
        kind=WorkKind.RECORDING,
        title=title,
        language=language,
        url=row.address,
        date=meeting.date,
        visibility=meeting.visibility,  # type: ignore[arg-type]  # a field of choices
        is_fictional=meeting.is_fictional,
        by=by,
    )
    keep_work(session=_session_of(row), work=work, by=by)
    row.work, row.decided_at = work, timezone.now()
    row.save(update_fields=["work", "decided_at"])
    return work


def _session_of(found: FoundRecording) -> Session:
    """The one under way when it began, or the next: a room is opened before its first session. Without hours the first
    that takes place; where there is none, one is made for it."""
    meeting = found.venue.meeting
    sessions = meeting.sessions.order_by("number")
    held = sessions.filter(is_cancelled=False).exclude(kind=SessionKind.BREAK)
    session = None
    if found.began:
        later = held.annotate(over=Coalesce("ends_at", "starts_at")).filter(over__gt=found.began)
        session = later.order_by("starts_at", "number").first()
    session = session or held.first()
    if session is None:
        last = sessions.last()
        session = meeting.sessions.create(number=last.number + 1 if last else 1, language=meeting.language)
    return session


@transaction.atomic
def pass_over(*, found: FoundRecording, by: User) -> None:
    row = FoundRecording.objects.select_for_update(of=("self",)).select_related("venue__meeting").get(pk=found.pk)
    if row.decided_at is None:
        row.decided_at = timezone.now()
        row.save(update_fields=["decided_at"])
        history.record(verb="recording passed over", by=by, subject=row.venue.meeting)

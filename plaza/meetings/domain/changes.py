"""Changing what is known of series, meetings, sessions and appearances. Each deed returns the fields that changed, and
writes nothing where none did."""

from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.dates import columns_of
from plaza.core.languages import Language
from plaza.core.records import changed
from plaza.core.translations import translate_by_hand
from plaza.meetings.choices import AHEAD, MeetingStatus
from plaza.meetings.domain.versions import note_first
from plaza.meetings.models import Appearance, Meeting, Series, Session

OF_A_MEETING: Final = (
    "title", "summary", "language", "kind", "series", "number", "status", "visibility", "mode", "venue", "interpretation",
    "is_own", "date",
)  # fmt: skip
OF_A_SESSION: Final = (
    "number", "title", "summary", "language", "kind", "track", "room", "starts_at", "ends_at", "interpretation",
    "is_cancelled",
)  # fmt: skip
MANY: Final = ("places", "about", "topics")
# What a meeting is found by, or by whom.
SEARCHED: Final = ("title", "summary", "language", "status", "visibility")


@transaction.atomic
def change_series(*, series: Series, by: User | None, **values: Any) -> list[str]:
    row = Series.objects.select_for_update().get(pk=series.pk)
    fields = changed(row, values, ("title", "language"))
    if fields:
        row.save(update_fields=fields)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="changed", by=by, subject=row, fields=fields)
    return fields


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: User | None, **values: Any) -> list[str]:
    """Where its words of search changed, or who may see it, it is indexed again. What it is when people first hear of it is
    the first version of its programme."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    fields = changed(row, values, OF_A_MEETING)
    if fields:
        row.save(update_fields=[*columns_of(fields), "updated_at"])
    for name in MANY:
        if name in values and set(values[name]) != set(getattr(row, name).all()):
            getattr(row, name).set(values[name])
            fields.append(name)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="changed", by=by, subject=row, fields=fields)
    if "status" in fields and row.status in AHEAD:
        note_first(meeting=row, by=by)
    if any(name in SEARCHED or name.rsplit("_", 1)[0] in SEARCHED for name in fields):
        jobs.later("plaza.search.tasks.index_meeting", meeting_id=row.pk)
    return fields


class NumberTaken(Exception):
    """The meeting has another session of that number."""


class OfAnotherMeeting(Exception):
    """The track or the room is another meeting's."""


class HoursOutOfOrder(Exception):
    """A session ends before it begins, or only one of the two is known."""


@transaction.atomic
def add_session(
    *, meeting: Meeting, language: Language, by: User | None, number: int | None = None, **values: Any
) -> Session:
    """A further part of a meeting; without a number it becomes the last. `values` are those of `change_session`."""
    # The meeting, not its sessions: of two that are added at once, each would find the same number free.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    numbers = set(meeting.sessions.values_list("number", flat=True))
    if number in numbers:
        raise NumberTaken
    session = Session(meeting=meeting, number=number or max(numbers, default=0) + 1, language=language)
    changed(session, values, OF_A_SESSION)
    _check(session)
    session.save()
    translate_by_hand(subject=session, texts=values, by=by)
    history.record(verb="session added", by=by, subject=meeting, session=session.pk)
    return session


@transaction.atomic
def change_session(*, session: Session, by: User | None, **values: Any) -> list[str]:
    row = Session.objects.select_for_update(of=("self",)).select_related("meeting", "room", "track").get(pk=session.pk)
    fields = changed(row, values, OF_A_SESSION)
    if "number" in fields and row.meeting.sessions.filter(number=row.number).exclude(pk=row.pk).exists():
        raise NumberTaken
    _check(row)
    if fields:
        row.save(update_fields=fields)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="session changed", by=by, subject=row.meeting, session=row.pk, fields=fields)
    return fields


def _check(row: Session) -> None:
    if any(place is not None and place.meeting_id != row.meeting_id for place in (row.track, row.room)):
        raise OfAnotherMeeting
    if (row.starts_at is None) != (row.ends_at is None):
        raise HoursOutOfOrder
    if row.starts_at is not None and row.ends_at is not None and row.ends_at <= row.starts_at:
        raise HoursOutOfOrder


def blank_session(meeting: Meeting) -> Session | None:
    """The one session that every meeting is made with, while nothing is known of it: the first that is added takes its
    place."""
    rows = meeting.sessions.filter(title="", summary="", starts_at__isnull=True, works__isnull=True)
    return rows.filter(appearances__isnull=True).order_by("number").first()


class OnTheProgramme(Exception):
    """People were told of the session: it is cancelled, not taken away."""


@transaction.atomic
def remove_session(*, session: Session, by: User | None) -> None:
    """Only what nobody was told of, and what left nothing behind."""
    row = Session.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=session.pk)
    if row.meeting.status != MeetingStatus.DRAFT or row.works.exists():
        raise OnTheProgramme
    history.record(verb="session removed", by=by, subject=row.meeting, session=row.pk, title=row.title)
    row.delete()


@transaction.atomic
def take_off_stage(*, appearance: Appearance, by: User | None) -> None:
    history.record(verb="taken off stage", by=by, subject=appearance.session.meeting, person=appearance.person_id)
    appearance.delete()


class RoleTaken(Exception):
    """The person is in that session in that role already."""


@transaction.atomic
def change_appearance(*, appearance: Appearance, by: User | None, **values: Any) -> list[str]:
    row = Appearance.objects.select_for_update(of=("self",)).select_related("session__meeting").get(pk=appearance.pk)
    fields = changed(row, values, ("role", "affiliation", "city", "organization"))
    alike = Appearance.objects.filter(session=row.session, person=row.person_id, role=row.role)
    if "role" in fields and alike.exclude(pk=row.pk).exists():
        raise RoleTaken
    if fields:
        row.save(update_fields=fields)
        history.record(
            verb="appearance changed", by=by, subject=row.session.meeting, person=row.person_id, fields=fields
        )
    return fields

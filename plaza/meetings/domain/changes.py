"""Changing what is known of series, meetings, sessions and appearances. Each deed returns the fields that changed, and
writes nothing where none did."""

from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.languages import Language
from plaza.core.records import changed
from plaza.core.translations import translate_by_hand
from plaza.meetings.models import Appearance, Meeting, Series, Session

OF_A_MEETING: Final = ("title", "summary", "language", "kind", "series", "number", "status", "visibility")
DATE: Final = ("date_start", "date_end", "date_precision", "date_year")
MANY: Final = ("places", "topics")
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
    """Where its words of search changed, or who may see it, it is indexed again."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    fields = changed(row, values, OF_A_MEETING)
    written = list(fields)
    if "date" in values and values["date"] != row.date:
        row.date = values["date"]
        fields.append("date")
        written += DATE
    if written:
        row.save(update_fields=[*written, "updated_at"])
    for name in MANY:
        if name in values and set(values[name]) != set(getattr(row, name).all()):
            getattr(row, name).set(values[name])
            fields.append(name)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="changed", by=by, subject=row, fields=fields)
    if any(name in SEARCHED or name.rsplit("_", 1)[0] in SEARCHED for name in fields):
        jobs.later("plaza.search.tasks.index_meeting", meeting_id=row.pk)
    return fields


class NumberTaken(Exception):
    """The meeting has another session of that number."""


@transaction.atomic
def add_session(
    *, meeting: Meeting, language: Language, by: User | None, number: int | None = None, title: str = "", **texts: Any
) -> Session:
    """A further part of a meeting; without a number it becomes the last."""
    numbers = set(meeting.sessions.select_for_update().values_list("number", flat=True))
    if number in numbers:
        raise NumberTaken
    session = meeting.sessions.create(number=number or max(numbers, default=0) + 1, language=language, title=title)
    translate_by_hand(subject=session, texts=texts, by=by)
    history.record(verb="session added", by=by, subject=meeting, session=session.pk)
    return session


@transaction.atomic
def change_session(*, session: Session, by: User | None, **values: Any) -> list[str]:
    row = Session.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=session.pk)
    fields = changed(row, values, ("number", "title", "language"))
    if "number" in fields and row.meeting.sessions.filter(number=row.number).exclude(pk=row.pk).exists():
        raise NumberTaken
    if fields:
        row.save(update_fields=fields)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="session changed", by=by, subject=row.meeting, session=row.pk, fields=fields)
    return fields


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

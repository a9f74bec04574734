"""Tracks and rooms of a meeting."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.records import changed
from plaza.core.translations import translate_by_hand
from plaza.meetings.models import Meeting, Room, Track


class NameTaken(Exception):
    """The meeting has another of that name."""


@transaction.atomic
def add_track(*, meeting: Meeting, name: str, by: User | None, **texts: Any) -> Track:
    row: Track = _add(Track, meeting, {"name": name}, texts, by)
    return row


@transaction.atomic
def add_room(*, meeting: Meeting, name: str, by: User | None, seats: int | None = None, **texts: Any) -> Room:
    row: Room = _add(Room, meeting, {"name": name, "seats": seats}, texts, by)
    return row


@transaction.atomic
def change_place(*, place: Track | Room, by: User | None, **values: Any) -> list[str]:
    row = type(place).objects.select_for_update(of=("self",)).select_related("meeting").get(pk=place.pk)
    fields = changed(row, values, ("name", "seats", "position") if isinstance(row, Room) else ("name", "position"))
    if "name" in fields and _others(type(row), row.meeting, row.name).exclude(pk=row.pk).exists():
        raise NameTaken
    if fields:
        row.save(update_fields=fields)
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb=f"{_word(row)} changed", by=by, subject=row.meeting, fields=fields)
    return fields


@transaction.atomic
def remove_place(*, place: Track | Room, by: User | None) -> None:
    """Its sessions stay, without it."""
    history.record(verb=f"{_word(place)} removed", by=by, subject=place.meeting, name=place.name)
    place.delete()


def _add(model: Any, meeting: Meeting, values: dict[str, Any], texts: dict[str, Any], by: User | None) -> Any:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if _others(model, meeting, values["name"]).exists():
        raise NameTaken
    last = model.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    row = model.objects.create(
        meeting=meeting, language=meeting.language, position=0 if last is None else last + 1, **values
    )
    translate_by_hand(subject=row, texts=texts, by=by)
    history.record(verb=f"{_word(row)} added", by=by, subject=meeting, name=row.name)
    return row


def _others(model: Any, meeting: Meeting, name: str) -> Any:
    return model.objects.filter(meeting=meeting, name__iexact=name)


def _word(row: Track | Room) -> str:
    return "room" if isinstance(row, Room) else "track"

"""At the door: who comes is found by her code or her name, and checked in."""

from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.plain import row_number
from plaza.core.secret_links import hash_of
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.models import Registration

SHOWN: Final = 20


class HasNoPlace(Exception):
    """Only whoever has a place is checked in."""


def by_code(meeting: Meeting, code: str) -> Registration | None:
    """By the code that her own page shows; None for that of another meeting."""
    return _rows(meeting).filter(door_hash=hash_of(code)).first()


def called(meeting: Meeting, words: str) -> "list[Registration]":
    """By any part of the name, the address, or the number of the registration; those with a place first."""
    typed = fold(words)
    if not typed:
        return []
    rows = _rows(meeting)
    if number := row_number(typed.removeprefix("#")):
        return list(rows.filter(number=number))
    if "@" in typed:
        return list(rows.filter(email__startswith=words.strip().lower())[:SHOWN])
    for word in typed.split():
        rows = rows.filter(name_sort__contains=word)
    return list(rows.order_by("name_sort", "pk")[:SHOWN])


def _rows(meeting: Meeting) -> "QuerySet[Registration]":
    return Registration.objects.filter(meeting=meeting).select_related("city__country", "checked_in_by")


@transaction.atomic
def check_in(*, registration: Registration, by: User) -> Registration:
    """Twice is once: the first hour stays. Raises HasNoPlace."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state != RegistrationState.CONFIRMED:
        raise HasNoPlace(row.state)
    if row.checked_in_at is None:
        row.checked_in_at, row.checked_in_by = timezone.now(), by
        row.save(update_fields=["checked_in_at", "checked_in_by"])
        history.record(verb="checked in", by=by, subject=row)
    return row


@transaction.atomic
def undo_check_in(*, registration: Registration, by: User) -> Registration:
    """She was taken for another; undone twice is once."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.checked_in_at is not None:
        row.checked_in_at = row.checked_in_by = None
        row.save(update_fields=["checked_in_at", "checked_in_by"])
        history.record(verb="check-in undone", by=by, subject=row)
    return row

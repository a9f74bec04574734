"""What becomes of a registration: her own deeds by her link, those of the secretariat, and those of the clock."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.plain import plain_line
from plaza.core.registry import Registry
from plaza.registration.choices import STANDING, RegistrationState
from plaza.registration.domain.answers import keep_answers
from plaza.registration.domain.consents import agree
from plaza.registration.domain.letters import tell_state
from plaza.registration.domain.registering import Given, note_confirmed
from plaza.registration.domain.seats import SHUT, give_seat, held, move, move_on, note_standing, seats_of
from plaza.registration.models import LONGEST_NAME, Registration, RegistrationDesk, RegistrationQuerySet

# Packages above show who she is: they hear that she changed it, in the same transaction.
hear_changed: Final[Registry[Callable[[Registration], None]]] = Registry("who hears that a registration was changed")


class TooLate(Exception):
    """The offer ended, or somebody was quicker with another deed."""


@transaction.atomic
def confirm_address(*, registration: Registration) -> Registration:
    """She followed her link. Twice is once; who comes too late for her place sees by its state that it went back."""
    row = _locked(registration)
    note_confirmed(row)
    return row


@transaction.atomic
def accept_offer(*, registration: Registration, by: User | None = None) -> Registration:
    """Accepting twice is accepting once. Raises TooLate."""
    desk, row = _held(registration)
    note_confirmed(row)
    if row.state == RegistrationState.CONFIRMED:
        return row
    if row.state != RegistrationState.OFFERED or (row.offered_until and row.offered_until <= timezone.now()):
        raise TooLate(row.state)
    move(row, RegistrationState.CONFIRMED, by=by)
    tell_state(row)
    note_standing(desk, seats_of(desk))
    return row


@transaction.atomic
def cancel(*, registration: Registration, by: User | None = None, why: str = "") -> Registration:
    """Her seat goes on to whoever waits longest. Cancelling twice is cancelling once."""
    desk, row = _held(registration)
    if by is None:
        note_confirmed(row)
    if row.state not in STANDING:
        return row
    had_place = row.state == RegistrationState.CONFIRMED
    move(row, RegistrationState.CANCELLED, by=by, why=plain_line(why)[:400])
    tell_state(row, had_place=had_place)
    move_on(desk)
    return row


@transaction.atomic
def change(*, registration: Registration, given: Given, by: User | None = None) -> Registration:
    """What she said of herself, and what she agrees to; neither her address nor her place in the line."""
    _desk, row = _held(registration)
    note_confirmed(row)
    if row.state not in STANDING:
        raise TooLate(row.state)
    row.name = plain_line(given.name)[:LONGEST_NAME] or row.name
    row.city, row.city_words = given.city, "" if given.city else given.city_words
    row.zone = given.zone or (given.city.timezone if given.city else "")
    row.sector, row.accessibility, row.language = given.sector, given.accessibility, given.language
    row.save()
    keep_answers(row, given.answers)
    agree(row, given.consents)
    history.record(verb="registration changed", by=by, subject=row)
    for _, hear in hear_changed.items():
        hear(row)
    return row


@transaction.atomic
def approve(*, desk: RegistrationDesk, chosen: Iterable[int], by: User) -> int:
    """Many at once, in the order in which they came: each gets a seat or a place in the line. Says how many; those that
    somebody has decided already are left out."""
    here = held(desk)
    waiting = Registration.objects.filter(meeting=here.meeting_id, pk__in=list(chosen), state=RegistrationState.PENDING)
    rows = list(waiting.select_for_update(of=("self",)).for_page().order_by("number"))
    seats = seats_of(here)
    for row in rows:
        move(row, RegistrationState.APPROVED, by=by)
        give_seat(row, seats, by=by)
    note_standing(here, seats)
    return len(rows)


@transaction.atomic
def reject(*, desk: RegistrationDesk, chosen: Collection[int], by: User, why: str = "") -> int:
    """The reason goes by letter."""
    here = held(desk)
    waiting = Registration.objects.filter(meeting=here.meeting_id, pk__in=list(chosen), state=RegistrationState.PENDING)
    rows = list(waiting.select_for_update(of=("self",)).for_page().order_by("number"))
    for row in rows:
        move(row, RegistrationState.REJECTED, by=by, why=plain_line(why)[:400])
        tell_state(row, why=why)
    return len(rows)


def lapse_what_ended() -> int:
    """Offers that nobody took up in time, and places whose address nobody proved in time; the next in the line is asked."""
    desks = RegistrationDesk.objects.filter(meeting__in=_ended().order_by().values("meeting"))
    return sum(_lapse(desk) for desk in desks.order_by("pk"))


def _ended() -> RegistrationQuerySet:
    """Once a meeting has begun, or whoever is at its door has seen her, nobody loses the place she has."""
    now = timezone.now()
    may_still_come = Q(meeting__starts_at__isnull=True) | Q(meeting__starts_at__gt=now)
    unproved = Q(confirm_until__lte=now, checked_in_at__isnull=True) & may_still_come & ~Q(meeting__status__in=SHUT)
    return Registration.objects.filter(Q(state=RegistrationState.OFFERED, offered_until__lte=now) | unproved)


@transaction.atomic
def _lapse(desk: RegistrationDesk) -> int:
    here = held(desk)
    rows = list(_ended().filter(meeting=here.meeting_id).select_for_update(of=("self",)).for_page().order_by("number"))
    for row in rows:
        if row.state == RegistrationState.OFFERED:
            move(row, RegistrationState.LAPSED, by=None)
            tell_state(row)
        else:
            move(row, RegistrationState.LAPSED, by=None, verb="place not confirmed in time")
            tell_state(row, template="given_back", had_place=True)
    move_on(here)
    return len(rows)


def _held(registration: Registration) -> tuple[RegistrationDesk, Registration]:
    """The desk first: whoever gives seats holds it before any row of hers."""
    desk = held(registration.meeting.registration_desk)
    return desk, _locked(registration)


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_for_update(of=("self",)).for_page().get(pk=registration.pk)

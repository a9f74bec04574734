"""Registering, with an account or without one."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.plain import plain_line
from plaza.core.secret_links import hash_of
from plaza.directory.models import City, KnownAddress, Person
from plaza.registration.choices import OVER, DeskStanding, RegistrationState
from plaza.registration.domain.answers import keep_answers
from plaza.registration.domain.consents import agree
from plaza.registration.domain.letters import send_link_again, tell_state
from plaza.registration.domain.links import door_code_of, token_of
from plaza.registration.domain.seats import give_seat, held, move, move_on, note_standing, seats_of, standing_at
from plaza.registration.models import LONGEST_NAME, Invitation, Registration, RegistrationDesk


class NotOpen(Exception):
    """Nobody can register now."""


@dataclass(frozen=True, slots=True)
class Given:
    """What stood in the form. `answers` by the key of the question; a file is an UploadedFile."""

    name: str
    email: str
    language: str
    # The clocks she reads by; empty: those of her city.
    zone: str = ""
    city: City | None = None
    city_words: str = ""
    sector: str = ""
    accessibility: str = ""
    consents: Collection[str] = ()
    answers: Mapping[int, Any] = field(default_factory=dict)


@transaction.atomic
def register(
    *, desk: RegistrationDesk, given: Given, by: User | None = None, invitation: Invitation | None = None
) -> Registration:
    """A place, the waiting list, or to be approved; and a letter with her link. An address that is registered already
    changes nothing: its link goes out again, and whoever asks is not told. Raises NotOpen."""
    here = held(desk)
    email = given.email.strip().lower()
    invitation = _taken_up(invitation, email)
    seats = seats_of(here)
    standing = standing_at(here, seats, timezone.now())
    if standing == DeskStanding.CLOSED or (standing == DeskStanding.NOT_YET and invitation is None):
        raise NotOpen(standing)
    row = here.meeting.registrations.filter(email=email).first()
    if row is not None and row.state not in OVER:
        row.meeting = here.meeting
        if by is None or by.email != email:
            send_link_again(row)
        return row
    row = _written(row or Registration(meeting=here.meeting), given, email, invitation)
    if invitation is not None or (by is not None and by.email == email):
        note_confirmed(row)
    if here.needs_approval and invitation is None:
        move(row, RegistrationState.PENDING, by=by)
        tell_state(row)
    else:
        # An older one may wait for a seat that became free by the clock alone.
        seats = move_on(here) if not seats.are_all_taken() else seats
        give_seat(row, seats, by=by)
    note_standing(here, seats)
    if invitation is not None:
        invitation.closed_at = timezone.now()
        invitation.save(update_fields=["closed_at"])
    return row


def _taken_up(invitation: Invitation | None, email: str) -> Invitation | None:
    """The invitation as it stands now, where it is open and for this address."""
    if invitation is None:
        return None
    return Invitation.objects.filter(pk=invitation.pk, closed_at__isnull=True, email=email).first()


def _written(row: Registration, given: Given, email: str, invitation: Invitation | None) -> Registration:
    """A new row, or that of somebody who comes back: at the end of the line."""
    is_new = row.pk is None
    last = row.meeting.registrations.aggregate(last=Max("number"))["last"]
    row.uuid = row.uuid if not is_new else uuid.uuid4()
    row.number = (last or 0) + 1
    row.token_hash, row.door_hash = hash_of(token_of(row)), hash_of(door_code_of(row))
    row.name = plain_line(given.name)[:LONGEST_NAME]
    row.name_sort = fold(row.name)[: LONGEST_NAME * 2]
    row.email, row.language, row.invitation = email, given.language, invitation
    row.city, row.city_words = given.city, "" if given.city else given.city_words
    row.zone = given.zone or (given.city.timezone if given.city else "")
    row.sector, row.accessibility = given.sector, given.accessibility
    row.state, row.registered_at, row.address_confirmed_at = RegistrationState.SUBMITTED, timezone.now(), None
    row.joined_at = None
    row.save()
    history.record(verb="registered", by=None, subject=row)
    keep_answers(row, given.answers)
    with translation.override(given.language):
        agree(row, given.consents)
    return row


def note_confirmed(row: Registration) -> None:
    """Her address is hers. Only now it says which account and which person of the directory she is."""
    if row.address_confirmed_at is not None:
        return
    row.address_confirmed_at, row.confirm_until = timezone.now(), None
    row.user = User.objects.filter(email=row.email, is_active=True).first()
    known = (
        KnownAddress.objects.filter(email__iexact=row.email, person__merged_into__isnull=True).order_by("pk").first()
    )
    person = known.person if known else None
    if person is None and row.user is not None:
        person = Person.objects.filter(user=row.user).first()
    row.person = person
    row.save(update_fields=["address_confirmed_at", "confirm_until", "user", "person"])
    history.record(verb="address confirmed", by=row.user, subject=row)

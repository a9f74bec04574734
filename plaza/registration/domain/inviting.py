"""Personal links to register, each with a seat kept for it until it is used, taken back, or the seats are let go."""

import uuid

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.plain import plain_line
from plaza.core.secret_links import hash_of
from plaza.mail.domain import outbox
from plaza.registration.choices import DeskStanding
from plaza.registration.domain.hours import hours_of
from plaza.registration.domain.links import invitation_link_of, invitation_token_of
from plaza.registration.domain.registering import NotOpen
from plaza.registration.domain.seats import are_let_go, held, move_on, seats_of
from plaza.registration.models import LONGEST_NAME, Invitation, RegistrationDesk


class NoPlaceToKeep(Exception):
    """All are taken, offered or kept for others."""


def opened_by(token: str) -> Invitation | None:
    """None for one that was used or taken back, as for one that never was."""
    return (
        Invitation.objects.select_related("desk__meeting", "by")
        .filter(token_hash=hash_of(token), closed_at=None)
        .first()
    )


@transaction.atomic
def invite(
    *, desk: RegistrationDesk, email: str, language: str, by: User, name: str = "", keeps_seat: bool = True
) -> tuple[Invitation, bool]:
    """The same address again gives the first invitation and False; no second letter is written. Raises NotOpen for a desk
    that is closed, and NoPlaceToKeep: nobody is promised a place that is not there."""
    here = held(desk)
    if here.standing == DeskStanding.CLOSED:
        raise NotOpen(here.standing)
    email = email.strip().lower()
    standing = here.invitations.filter(email=email).first()
    if standing is not None and standing.is_open:
        return standing, False
    left = seats_of(here).for_everybody
    if keeps_seat and left is not None and left <= 0:
        raise NoPlaceToKeep(here)
    row = standing or Invitation(desk=here, email=email)
    row.uuid, row.closed_at, row.sent_at = uuid.uuid4(), None, timezone.now()
    row.token_hash = hash_of(invitation_token_of(row))
    row.name, row.language, row.keeps_seat, row.by = plain_line(name)[:LONGEST_NAME], language, keeps_seat, by
    row.save()
    history.record(verb="invited", by=by, subject=here, invitation=row.pk)
    outbox.write(
        to=row.email,
        name=row.name,
        language=language,
        template="registration/invitation",
        values={
            "title": here.meeting.words("title", language).text,
            "hours": hours_of(here.meeting, "", language),
            "venue": here.meeting.venue,
            "link": invitation_link_of(row),
            "keeps_seat": keeps_seat and here.seats is not None and not are_let_go(here),
        },
    )
    move_on(here)
    return row, True


@transaction.atomic
def take_back(*, invitation: Invitation, by: User) -> None:
    """Its link opens nothing any more, and its seat is free."""
    here = held(invitation.desk)
    if Invitation.objects.filter(pk=invitation.pk, closed_at=None).update(closed_at=timezone.now()):
        history.record(verb="invitation withdrawn", by=by, subject=here, invitation=invitation.pk)
        move_on(here)

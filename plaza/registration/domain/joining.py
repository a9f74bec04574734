"""Going into a meeting online by one's own link."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.core import history
from plaza.core.languages import DEFAULT, known
from plaza.meetings.domain.online import Door, door_of, lead_in, online_venue_of, opens_at
from plaza.meetings.models import Appearance
from plaza.registration.choices import RegistrationState
from plaza.registration.models import Registration
from plaza.venues.venue import Guest, Role


class NotLetIn(Exception):
    """She has no place, or the door is not open: the page of her link says which."""


@dataclass(frozen=True, slots=True)
class Entrance:
    door: Door
    opens: dt.datetime | None = None


def entrance_of(registration: Registration) -> Entrance:
    """`registration` comes with its meeting and where it happens online: no query."""
    row = online_venue_of(registration.meeting)
    return Entrance(door_of(row), opens_at(row)) if row is not None else Entrance(Door.NONE)


def go_in(registration: Registration) -> str:
    """The address that leads her in, and no other: hers alone where the tool knows people. Raises NotLetIn, VenueDown."""
    row = online_venue_of(registration.meeting)
    if row is None or registration.state != RegistrationState.CONFIRMED or door_of(row) != Door.OPEN:
        raise NotLetIn(registration.state)
    role = Role.MODERATOR if moderates(registration) else Role.VIEWER
    guest = Guest(registration.name, str(registration.uuid), known(registration.language) or DEFAULT, role)
    address = lead_in(row, guest)
    _note(registration)
    return address


def moderates(registration: Registration) -> bool:
    """Those on stage, and those who run the network; her address is proved where she is said to be somebody."""
    if registration.user is not None and is_staff(registration.user):
        return True
    on_stage = Appearance.objects.filter(session__meeting=registration.meeting_id, session__is_cancelled=False)
    return registration.person_id is not None and on_stage.filter(person=registration.person_id).exists()


@transaction.atomic
def _note(registration: Registration) -> None:
    """The first time only: whoever lost her line comes again."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.joined_at is None:
        row.joined_at = timezone.now()
        row.save(update_fields=["joined_at"])
        history.record(verb="went in online", by=row.user, subject=row)

"""Going into a meeting online by one's own link."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.core import history
from plaza.core.languages import DEFAULT, known
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.online import Door, door_of, lead_in, online_venue_of, opens_at
from plaza.meetings.models import Appearance, Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain.registering import note_confirmed
from plaza.registration.models import Registration
from plaza.venues.venue import Guest, Role

HIDDEN: Final = (MeetingStatus.DRAFT, MeetingStatus.CANCELLED)


class NotLetIn(Exception):
    """She has no place, or the door is not open: the page of her link says which."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """How it stands with the way in, and from when it is open, where that is known."""

    door: Door
    opens: dt.datetime | None = None


def modules_for(registration: Registration) -> list[Meeting]:
    """Of the course she registered for, in the order of their days, each with where it happens online; but those for which
    she registered by themselves. None of what is no course."""
    course = registration.meeting
    if course.kind != MeetingKind.COURSE:
        return []
    own = Registration.objects.filter(meeting=OuterRef("pk"), email=registration.email)
    rows = Meeting.objects.filter(~Exists(own), parent=course).exclude(status__in=HIDDEN)
    rows = rows.select_related("online_venue").prefetch_related("translations")
    return list(rows.order_by(F("date_start").asc(nulls_last=True), "starts_at", "pk"))


def entrance_of(registration: Registration, module: Meeting | None = None) -> Entrance:
    """`registration` comes with its meeting and where it happens online, and so does a module: no query."""
    row = online_venue_of(module or registration.meeting)
    return Entrance(door_of(row), opens_at(row)) if row is not None else Entrance(Door.NONE)


def go_in(registration: Registration, module: Meeting | None = None) -> str:
    """The address that leads her in, and no other: hers alone where the tool knows people. `module`: one of `modules_for`
    her. Raises NotLetIn, VenueDown."""
    row = online_venue_of(module or registration.meeting)
    if row is None or registration.state != RegistrationState.CONFIRMED or door_of(row) != Door.OPEN:
        raise NotLetIn(registration.state)
    role = Role.MODERATOR if comes_as_moderator(registration, module) else Role.VIEWER
    guest = Guest(registration.name, str(registration.uuid), known(registration.language) or DEFAULT, role)
    address = lead_in(row, guest)
    _note(registration)
    return address


def comes_as_moderator(registration: Registration, module: Meeting | None = None) -> bool:
    """Those on stage, and those who run the network; her address is proved where she is said to be somebody."""
    if registration.user is not None and is_staff(registration.user):
        return True
    meeting = module or registration.meeting
    on_stage = Appearance.objects.filter(session__meeting=meeting, session__is_cancelled=False)
    return registration.person_id is not None and on_stage.filter(person=registration.person_id).exists()


@transaction.atomic
def _note(registration: Registration) -> None:
    """The first time only: whoever lost her line comes again."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.joined_at is None:
        row.joined_at = timezone.now()
        row.save(update_fields=["joined_at"])
        history.record(verb="went in online", by=row.user, subject=row)
    # Nobody else has her link.
    note_confirmed(row)

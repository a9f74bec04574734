"""Who gets a seat. Everything here is done while the desk's row is held: one at a time gives or frees a seat."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.meetings.choices import BEEN_HELD, MeetingStatus
from plaza.registration.choices import NEXT, DeskStanding, RegistrationState
from plaza.registration.domain import letters
from plaza.registration.models import Registration, RegistrationDesk

# A meeting of which nobody can be a part any more, or yet.
SHUT: Final = (MeetingStatus.DRAFT, *BEEN_HELD, MeetingStatus.CANCELLED)
# So long a place is kept for an address that nobody has proved, and never into the last hour before the meeting. Who would
# have less than an hour to prove it is not hurried: nobody could come in her stead.
UNPROVED_HOURS: Final = 48
LAST: Final = dt.timedelta(hours=1)


class NotThatWay(Exception):
    """A registration does not go from that state to this one."""


@dataclass
class Seats:
    """What is left of the seats. `total` None: no limit."""

    total: int | None
    taken: int = 0
    kept_for_cities: dict[int, int] = field(default_factory=dict)
    kept_for_invited: set[int] = field(default_factory=set)

    @property
    def for_everybody(self) -> int | None:
        """Free seats that are kept for nobody; None: no limit."""
        return self._left(0)

    def are_all_taken(self) -> bool:
        """Also those that were kept."""
        return self.total is not None and self.taken >= self.total

    def has_one_for(self, registration: Registration) -> bool:
        """Also one that is kept for her city, or for her invitation."""
        own = self.kept_for_cities.get(registration.city_id or 0, 0)
        own += (registration.invitation_id or 0) in self.kept_for_invited
        left = self._left(own)
        return left is None or left > 0

    def take(self, registration: Registration) -> None:
        """Counts only; `move` is what is written."""
        self.taken += 1
        city = registration.city_id or 0
        if self.kept_for_cities.get(city):
            self.kept_for_cities[city] -= 1
        self.kept_for_invited.discard(registration.invitation_id or 0)

    def _left(self, own: int) -> int | None:
        if self.total is None:
            return None
        kept = sum(self.kept_for_cities.values()) + len(self.kept_for_invited)
        return self.total - self.taken - (kept - own)


def held(desk: RegistrationDesk) -> RegistrationDesk:
    """The desk as it stands now, held until the deed is done."""
    return RegistrationDesk.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=desk.pk)


def seats_of(desk: RegistrationDesk) -> Seats:
    """At most three queries, however many registered."""
    taken: dict[int | None, int] = defaultdict(int)
    rows = Registration.objects.filter(meeting=desk.meeting_id).seated().order_by().values_list("city")
    for city, number in rows.annotate(n=Count("pk")):
        taken[city] += number
    seats = Seats(desk.seats, sum(taken.values()))
    if desk.seats is None or are_let_go(desk):
        return seats
    kept = desk.kept_seats.values_list("city", "seats")
    seats.kept_for_cities = {city: max(0, number - taken[city]) for city, number in kept}
    seats.kept_for_invited = set(
        desk.invitations.filter(keeps_seat=True, closed_at__isnull=True).values_list("pk", flat=True)
    )
    return seats


def are_let_go(desk: RegistrationDesk) -> bool:
    """Whether the kept seats are everybody's by now."""
    return desk.releases_at is not None and desk.releases_at <= timezone.now()


def move(
    registration: Registration,
    to: RegistrationState,
    *,
    by: User | None,
    why: str = "",
    offered_until: dt.datetime | None = None,
    verb: str = "",
) -> None:
    """Writes the state, with when she was seated, until when she is offered one and until when her address is to be
    proved. Raises NotThatWay."""
    if to not in NEXT[RegistrationState(registration.state)]:
        raise NotThatWay(f"{registration.state} → {to}")
    registration.state = to
    registration.offered_until = offered_until
    registration.seated_at = timezone.now() if to == RegistrationState.CONFIRMED else None
    registration.confirm_until = _to_be_proved(registration)
    registration.checked_in_at = registration.checked_in_by = None
    registration.save(
        update_fields=["state", "offered_until", "seated_at", "confirm_until", "checked_in_at", "checked_in_by"]
    )
    history.record(verb=verb or f"registration {to}", by=by, subject=registration, why=why)


def _to_be_proved(registration: Registration) -> dt.datetime | None:
    """Until when her place is kept, though nobody has proved her address. Where there are places for all, it may stay."""
    since, meeting = registration.seated_at, registration.meeting
    if since is None or registration.address_confirmed_at is not None or meeting.registration_desk.seats is None:
        return None
    until = since + dt.timedelta(hours=UNPROVED_HOURS)
    if meeting.starts_at is not None:
        until = min(until, meeting.starts_at - LAST)
    return until if until - since >= LAST else None


def give_seat(registration: Registration, seats: Seats, *, by: User | None) -> None:
    """A seat where there is one for her, the waiting list where there is none; she is told by letter."""
    has_one = seats.has_one_for(registration)
    move(registration, RegistrationState.CONFIRMED if has_one else RegistrationState.WAITLISTED, by=by)
    if has_one:
        seats.take(registration)
    letters.tell_state(registration)


def move_on(desk: RegistrationDesk) -> Seats:
    """Seats that are free are offered to whoever waits longest, of those for whom there is one; then the desk says how it
    stands. To be called after whatever may free a seat."""
    seats, now = seats_of(desk), timezone.now()
    is_over = desk.meeting.status in SHUT or (desk.meeting.starts_at is not None and desk.meeting.starts_at <= now)
    if not seats.are_all_taken() and not is_over:
        waiting = Registration.objects.filter(meeting=desk.meeting_id, state=RegistrationState.WAITLISTED)
        for registration in waiting.select_for_update(of=("self",)).for_page().order_by("number"):
            if seats.are_all_taken():
                break
            if seats.has_one_for(registration):
                move(registration, RegistrationState.OFFERED, by=None, offered_until=_until(desk, now))
                seats.take(registration)
                letters.tell_state(registration)
    note_standing(desk, seats)
    return seats


def _until(desk: RegistrationDesk, now: dt.datetime) -> dt.datetime:
    """Who is asked shortly before the meeting has half of the time that is left."""
    until = now + dt.timedelta(hours=desk.offer_hours)
    if desk.meeting.starts_at is None:
        return until
    return min(until, now + (desk.meeting.starts_at - now) / 2)


def note_standing(desk: RegistrationDesk, seats: Seats) -> None:
    """Written only where it changed: pages for everybody are made anew by it."""
    standing = standing_at(desk, seats, timezone.now())
    if standing != desk.standing:
        desk.standing = standing
        desk.save(update_fields=["standing"])


def standing_at(desk: RegistrationDesk, seats: Seats, now: dt.datetime) -> DeskStanding:
    """By the state of the meeting, the hours of the desk, and the seats, in that order."""
    meeting = desk.meeting
    if meeting.status in SHUT or (desk.closes_at is not None and desk.closes_at <= now):
        return DeskStanding.CLOSED
    if meeting.ends_at is not None and meeting.ends_at <= now:
        return DeskStanding.CLOSED
    if desk.opens_at is None or desk.opens_at > now:
        return DeskStanding.NOT_YET
    left = seats.for_everybody
    return DeskStanding.FULL if left is not None and left <= 0 else DeskStanding.OPEN

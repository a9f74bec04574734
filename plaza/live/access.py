"""Who comes into the room of a meeting. Whoever is not known for sure stays outside.

A personal link opens the room once and leaves a ticket in a cookie: the secret of the link does not stand in the address of a
page that is thrown at a wall, and is not in the log with each poll. A ticket is signed, holds for one meeting and half a day,
and says only who came; whether she still may is asked of the database each time.
"""

from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.accounts.models import User
from plaza.core.routes import Rule
from plaza.live.models import Pulse, stages_moderated_by
from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain.courses import for_it_or_its_course
from plaza.registration.models import Registration

LASTS: Final = 12 * 60 * 60
LONGEST: Final = 300
# Polls bring it here, and no cookie: neither a session nor an account is looked for then.
HEADER: Final = "Plaza-Ticket"
SALT: Final = "plaza.live"


def may_moderate(user: Asker, slug: str) -> bool:
    """Those who run the network, and who moderates a session of the meeting and has an account."""
    if is_staff(user):
        return True
    return is_member(user) and stages_moderated_by(user).filter(session__meeting__slug=slug).exists()


MODERATORS: Final = Rule(
    "moderators of the meeting", lambda user, named: may_moderate(user, str(named.get("slug", "")))
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Of a registration, or of the account of a moderator who only looks."""

    meeting: int
    registration: int = 0
    account: int = 0

    def signed(self) -> str:
        return signing.dumps([self.meeting, self.registration, self.account], salt=SALT)


def read_ticket(text: str | None) -> Ticket | None:
    """None for whatever we did not sign, or too long ago."""
    if not text or len(text) > LONGEST:
        return None
    try:
        said = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    is_one = isinstance(said, list) and len(said) == 3 and all(type(each) is int for each in said)
    return Ticket(*said) if is_one else None


def cookie_of(meeting: Meeting) -> str:
    return f"plaza-room-{meeting.pk}"


@dataclass(frozen=True, slots=True)
class Presence:
    """`registration` in whatever state it is: somebody who cancelled is told so. `is_by_link`: she has no account, or did not
    register with it."""

    meeting: int
    registration: Registration | None
    moderator: User | None
    is_by_link: bool

    @property
    def guest(self) -> Registration | None:
        """Who may ask and vote."""
        row = self.registration
        return row if row is not None and row.state == RegistrationState.CONFIRMED else None

    @property
    def is_in(self) -> bool:
        return self.moderator is not None or self.guest is not None

    @property
    def ticket(self) -> str:
        """For the polls of her page."""
        if self.guest is not None:
            return Ticket(self.meeting, self.guest.pk).signed()
        return Ticket(self.meeting, account=self.moderator.pk).signed() if self.moderator is not None else ""


def presence(request: HttpRequest, meeting: Meeting) -> Presence:
    """By her account where she has a place with it, else by the ticket of her link. Without a place by either, she is told
    what became of the one of her account first."""
    user = request.user
    registrations = Registration.objects.filter(for_it_or_its_course(meeting)).select_related("city__country")
    own = None
    if is_member(user):
        latest = F("seated_at").desc(nulls_last=True)
        own = registrations.filter(user=the_user(user)).order_by(latest, "pk").first()
    registration = own
    if own is None or own.state != RegistrationState.CONFIRMED:
        ticket = read_ticket(request.COOKIES.get(cookie_of(meeting)))
        if ticket is not None and ticket.meeting == meeting.pk:
            linked = registrations.filter(pk=ticket.registration).first()
            if linked is not None and (own is None or linked.state == RegistrationState.CONFIRMED):
                registration = linked
    moderator = the_user(user) if may_moderate(user, meeting.slug) else None
    return Presence(meeting.pk, registration, moderator, is_by_link=registration is not own)


def pulse_for(slug: str, ticket: Ticket | None) -> tuple[int, int] | None:
    """The room's key and the number of its pulse, for who has a right to see it: one query for whoever registered."""
    if ticket is None:
        return None
    rows = Pulse.objects.filter(room__meeting=ticket.meeting, room__meeting__slug=slug)
    if ticket.registration:
        of_course = Q(meeting=OuterRef("room__meeting__parent"), meeting__kind=MeetingKind.COURSE)
        guest = Registration.objects.filter(pk=ticket.registration, state=RegistrationState.CONFIRMED)
        rows = rows.filter(Exists(guest.filter(Q(meeting=OuterRef("room__meeting")) | of_course)))
    else:
        account = User.objects.filter(pk=ticket.account, is_active=True).first()
        if account is None or not may_moderate(account, slug):
            return None
    return rows.values_list("room_id", "number").first()

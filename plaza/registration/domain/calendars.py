"""Meetings in her own calendar: with a letter, from the page of her registration, and as a feed of all of hers."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core import history, secret_links
from plaza.core.models import HistoryEntry
from plaza.core.site import absolute, network_name
from plaza.mail.domain.attached import Attached
from plaza.meetings.domain.calendar import Hers, ReadMeetings, calendar_of, for_calendar, read_for_calendar, written
from plaza.meetings.models import Appearance, Meeting
from plaza.registration.choices import OVER, RegistrationState
from plaza.registration.domain.courses import with_modules
from plaza.registration.domain.links import link_of
from plaza.registration.models import OwnCalendar, Registration, RegistrationQuerySet

# What is longer over is of no use in a calendar that is fetched every few hours.
BEFORE: Final = dt.timedelta(days=365)


@dataclass(slots=True)
class ReadOnce:
    """Of the meetings of many registrations: each is read once in each language, however many letters bring it."""

    found: dict[tuple[int, str], ReadMeetings] = field(default_factory=dict)

    def of(self, registration: Registration) -> ReadMeetings:
        """Of her meeting, and of its modules where it is a course."""
        key = (registration.meeting_id, registration.language)
        if key not in self.found:
            rows = for_calendar(Meeting.objects.filter(with_modules(registration.meeting_id)), None)
            self.found[key] = read_for_calendar(rows, registration.language, has_sessions=False)
        return self.found[key]


def with_last_deed(rows: RegistrationQuerySet) -> RegistrationQuerySet:
    """As `last_deed_at`: asked with the rows, their calendars cost no query each."""
    kind = ContentType.objects.get_for_model(Registration)
    deeds = HistoryEntry.objects.filter(subject_type=kind, subject_id=OuterRef("pk")).order_by("-at")
    return rows.annotate(last_deed_at=Subquery(deeds.values("at")[:1]))


def calendar_of_registration(registration: Registration, read: ReadOnce | None = None) -> bytes:
    """The one meeting, and the modules of a course, with her own page for its address and never the address of the room
    online; cancelled where she cancelled. Empty where no day is known, or nobody may know of the meeting yet. The same data
    give the same bytes."""
    with translation.override(registration.language):
        found = (read or ReadOnce()).of(registration)
        if not found.meetings:
            return b""
        hers = Hers(
            page=link_of(registration),
            is_cancelled=registration.state != RegistrationState.CONFIRMED,
            # Later than what she got before, though the meeting is as it was.
            written_at=_last_deed_of(registration),
            sessions=frozenset(),
        )
        return written(found, hers=defaultdict(lambda: hers))


def _last_deed_of(registration: Registration) -> dt.datetime | None:
    if not hasattr(registration, "last_deed_at"):
        registration = with_last_deed(Registration.objects.filter(pk=registration.pk)).get()
    at: dt.datetime | None = registration.last_deed_at  # type: ignore[attr-defined]  # asked with the row
    return at


def attached_calendar(
    registration: Registration, *, had_place: bool = False, read: ReadOnce | None = None
) -> list[Attached]:
    """For a letter to somebody who has a place, or had it until now. She is told and not asked: PUBLISH (RFC 5546)."""
    has_place = registration.state == RegistrationState.CONFIRMED
    said = calendar_of_registration(registration, read) if has_place or had_place else b""
    name = f"{registration.meeting.slug}.ics"
    return [Attached(name, "calendar", said.decode(), {"method": "PUBLISH"})] if said else []


def may_be_kept(registration: Registration) -> bool:
    """Who waits has nothing to put in a calendar; who cancelled takes it out again."""
    return registration.state == RegistrationState.CONFIRMED or registration.state in OVER


def calendar_link_of(user: User) -> str:
    """Where the calendar of her meetings is fetched, in the language that is spoken; empty while she has asked for none."""
    row = OwnCalendar.objects.filter(user=user).first()
    return _address_of(row) if row else ""


@transaction.atomic
def renew_calendar_link(*, user: User) -> OwnCalendar:
    """A new link; the one before opens nothing from now on."""
    row = OwnCalendar(user=user, made_at=timezone.now())
    row, is_new = OwnCalendar.objects.update_or_create(
        user=user,
        defaults={"key": row.key, "token_hash": secret_links.hash_of(_token_of(row)), "made_at": row.made_at},
    )
    history.record(verb="calendar link made" if is_new else "calendar link renewed", by=user, subject=row)
    return row


def own_calendar(token: str, language: str) -> bytes | None:
    """Meetings in which she has a place, with the modules of a course, and those in which she is on stage with her sessions.
    None for a link that died."""
    found = OwnCalendar.objects.opened_by(token).filter(user__is_active=True).select_related("user").first()
    if found is None:
        return None
    user = found.user
    stages: dict[int, set[int]] = defaultdict(set)
    shown = Appearance.objects.filter(person__user=user, session__meeting__in=Meeting.objects.visible_to(user))
    for meeting, session in shown.values_list("session__meeting", "session"):
        stages[meeting].add(session)
    coming = Registration.objects.filter(user=user).coming().values("meeting")
    hers = with_modules(coming) | Q(pk__in=stages)
    rows = for_calendar(Meeting.objects.filter(hers), timezone.localdate() - BEFORE)
    only: defaultdict[int, Hers] = defaultdict(lambda: Hers(sessions=frozenset()))
    only.update({meeting: Hers(sessions=frozenset(sessions)) for meeting, sessions in stages.items()})
    name = _("%(network)s: your meetings") % {"network": network_name()}
    return calendar_of(rows, name=name, language=language, address=_address_of(found), hers=only)


def _address_of(row: OwnCalendar) -> str:
    return absolute(reverse("registration:own-calendar", args=[_token_of(row)]))


def _token_of(row: OwnCalendar) -> str:
    return secret_links.token_of("plaza.registration.calendar", row.key)

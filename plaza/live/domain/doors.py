"""The doors of the room: on a meeting's page while it is open, on the page of who registered, and in the workspace."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.core.translations import reader_language
from plaza.live.access import may_moderate
from plaza.live.models import Question, Room, room_stays_closed
from plaza.meetings.choices import MeetingKind
from plaza.meetings.domain.doors import Door
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain.courses import for_it_or_its_course
from plaza.registration.domain.links import token_of
from plaza.registration.models import Registration

MARK: Final = "has_open_room"
OPEN: Final = Room.objects.filter(opened_at__isnull=False, closed_at__isnull=True)


def has_open_room() -> Exists:
    """For asking it with the meetings, as MARK: then `doors_of` costs none for it."""
    return Exists(OPEN.filter(meeting=OuterRef("pk")))


def _has_open_room(meeting: Meeting) -> bool:
    """As it was asked together with the meeting; where it was not, a query."""
    marked: bool | None = getattr(meeting, MARK, None)
    return OPEN.filter(meeting=meeting).exists() if marked is None else marked


def doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """While the room is open: by the data and the day, for visitors may have their link. Somebody signed in sees it where
    she may come in."""
    if room_stays_closed(meeting) or not _has_open_room(meeting):
        return
    if is_member(user) and may_moderate(user, meeting.slug):
        yield Door(_("Moderate the room"), reverse("live:moderate", args=[meeting.slug]), is_main=True)
    if is_member(user) and not is_staff(user):
        own = Registration.objects.filter(for_it_or_its_course(meeting), state=RegistrationState.CONFIRMED)
        if not own.filter(user=the_user(user)).exists():
            return
    yield Door(_("Questions from the room"), reverse("live:live", args=[meeting.slug]), _("open now"), is_main=True)


def own_doors_of(registration: Registration) -> Iterator[Door]:
    """By her link, so that it needs no account. Of a course, also those of its modules while they are open."""
    if registration.state != RegistrationState.CONFIRMED:
        return
    course = Q(meeting__parent=registration.meeting_id, meeting__parent__kind=MeetingKind.COURSE)
    rooms = Room.objects.filter(Q(meeting=registration.meeting_id) | course, opened_at__isnull=False)
    address = reverse("live:live-enter", args=[token_of(registration)])
    for room in rooms.select_related("meeting").prefetch_related("meeting__translations").order_by("meeting"):
        said = _("open now") if room.is_open else ""
        if room.meeting_id == registration.meeting_id:
            yield Door(_("Questions from the room"), address, said, is_main=room.is_open)
        elif room.is_open:
            title = room.meeting.words("title", reader_language()).text
            label = _("Questions from the room: %(title)s") % {"title": title}
            yield Door(label, f"{address}?{urlencode({'module': room.meeting.slug})}", said, is_main=True)


def desk_doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """For those who run the network, with how many questions wait. One query."""
    if not is_staff(user):
        return
    n = Question.objects.visible_to(user).unanswered().filter(room__meeting=meeting).count()
    said = ngettext("%(n)d not answered", "%(n)d not answered", n) % {"n": n} if n else ""
    yield Door(_("Room: questions and polls"), reverse("live:moderate", args=[meeting.slug]), said)

"""The doors of registration on a meeting's page and on its desk."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.core.registry import Registry
from plaza.meetings.domain.doors import Door
from plaza.meetings.models import Meeting
from plaza.registration.choices import STANDING, DeskStanding, RegistrationState
from plaza.registration.domain.courses import for_each_or_its_course, for_it_or_its_course
from plaza.registration.domain.links import path_of
from plaza.registration.domain.seats import SHUT
from plaza.registration.models import Registration, RegistrationDesk

MARK: Final = "has_a_desk"

# What somebody may do with her own registration: other rooms add their doors to its page (her certificate).
own_doors: Final[Registry[Callable[[Registration], Iterable[Door]]]] = Registry("what one may do with a registration")


def doors_of_own(registration: Registration) -> list[Door]:
    """What all rooms offer on the page of a registration, in the order in which they were added."""
    return [door for _, of in own_doors.items() for door in of(registration)]


def has_a_desk() -> Exists:
    """For asking it with the meetings, as MARK: most have none, of their own or of their course."""
    return Exists(RegistrationDesk.objects.filter(for_each_or_its_course()))


def doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """For everybody what the desk says; for somebody signed in her own registration. Up to three queries."""
    if is_member(user):
        rows = Registration.objects.filter(for_it_or_its_course(meeting), user=the_user(user), state__in=STANDING)
        own = next(iter(sorted(rows, key=lambda row: row.meeting_id != meeting.pk)), None)
        if own is not None and (own.meeting_id == meeting.pk or not _has_desk(meeting)):
            yield Door(_("Your registration"), path_of(own), str(own.get_state_display()), is_main=True)
            return
        if own is not None:
            # The module asks for a registration of its own; hers for the course is beside it.
            yield Door(_("Your registration for the course"), path_of(own), str(own.get_state_display()))
    desk = _desk_of(meeting) if getattr(meeting, MARK, True) else None
    if desk is None or meeting.status in SHUT:
        return
    standing, slug = desk
    address = reverse("registration:register", args=[slug])
    if standing == DeskStanding.OPEN:
        yield Door(_("Register") if slug == meeting.slug else _("Register for the course"), address, is_main=True)
    elif standing == DeskStanding.FULL:
        yield Door(_("Join the waiting list"), address, _("all places are taken"), is_main=True)


def _has_desk(meeting: Meeting) -> bool:
    return RegistrationDesk.objects.filter(meeting=meeting).exists()


def _desk_of(meeting: Meeting) -> tuple[str, str] | None:
    """How its desk stands, and whose it is: a module of a course that has none is registered for by way of the course.
    One query."""
    desks = RegistrationDesk.objects.filter(for_it_or_its_course(meeting))
    found = {pk: (standing, slug) for standing, slug, pk in desks.values_list("standing", "meeting__slug", "meeting")}
    return found.get(meeting.pk) or next(iter(found.values()), None)


def desk_doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """For those who run the network, with who is coming. One query."""
    if not is_staff(user):
        return
    counts = Registration.objects.filter(meeting=meeting).aggregate(
        coming=Count("pk", filter=Q(state=RegistrationState.CONFIRMED)),
        pending=Count("pk", filter=Q(state=RegistrationState.PENDING)),
    )
    said = ngettext("%(n)d has a place", "%(n)d have a place", counts["coming"]) % {"n": counts["coming"]}
    if counts["pending"]:
        waits = ngettext("%(n)d waits for approval", "%(n)d wait for approval", counts["pending"])
        said = f"{said}, {waits % {'n': counts['pending']}}"
    yield Door(_("Who registered"), reverse("registration:registered", args=[meeting.slug]), said)
    yield Door(_("Registration: settings and questions"), reverse("registration:desk", args=[meeting.slug]))
    yield Door(_("Check-in at the door"), reverse("registration:door", args=[meeting.slug]))

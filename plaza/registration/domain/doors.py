"""The doors of registration on a meeting's page and on its desk."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.core.registry import Registry
from plaza.meetings.domain.doors import Door
from plaza.meetings.models import Meeting
from plaza.registration.choices import STANDING, DeskStanding, RegistrationState
from plaza.registration.domain.links import path_of
from plaza.registration.models import Registration, RegistrationDesk

# Rooms above add theirs to her own page, which she opens by her link: into the room, to what she is given afterwards.
own_doors: Final[Registry[Callable[[Registration], Iterable[Door]]]] = Registry("what somebody registered may do")


def doors_open_to(registration: Registration) -> list[Door]:
    return [door for _, of in own_doors.items() for door in of(registration)]


def doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """For everybody what the desk says; for somebody signed in her own registration. One query, or two."""
    if is_member(user):
        own = Registration.objects.filter(meeting=meeting, user=the_user(user), state__in=STANDING).first()
        if own is not None:
            yield Door(_("Your registration"), path_of(own), str(own.get_state_display()), is_main=True)
            return
    standing = RegistrationDesk.objects.filter(meeting=meeting).values_list("standing", flat=True).first()
    address = reverse("registration:register", args=[meeting.slug])
    if standing == DeskStanding.OPEN:
        yield Door(_("Register"), address, is_main=True)
    elif standing == DeskStanding.FULL:
        yield Door(_("Join the waiting list"), address, _("all places are taken"), is_main=True)


def desk_doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
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

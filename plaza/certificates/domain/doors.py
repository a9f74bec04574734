"""The doors of certificates: on a meeting's desk, and on the page of somebody's registration."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import Asker, is_staff
from plaza.certificates.domain.links import path_of
from plaza.certificates.models import Certificate
from plaza.meetings.choices import MeetingKind
from plaza.meetings.domain.doors import Door
from plaza.meetings.models import Meeting
from plaza.registration.models import Registration


def desk_doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    if not is_staff(user):
        return
    n = Certificate.objects.filter(meeting=meeting).valid().count()
    issued = ngettext("%(n)d issued", "%(n)d issued", n) % {"n": n} if n else ""
    if meeting.kind == MeetingKind.COURSE:
        yield Door(_("Cohort and modules"), reverse("certificates:course", args=[meeting.slug]))
    yield Door(_("Certificates"), reverse("certificates:certificates-desk", args=[meeting.slug]), issued)


def own_doors_of(registration: Registration) -> Iterator[Door]:
    """Hers of this meeting; by a registration for a course also those of its modules."""
    for row in Certificate.objects.filter(registration=registration).valid().order_by("pk"):
        is_its = row.meeting_id == registration.meeting_id
        yield Door(_("Your certificate"), path_of(row), "" if is_its else row.title, is_main=is_its)

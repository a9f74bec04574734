"""The door of attendance on a meeting's desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import Asker, is_staff
from plaza.attendance.models import AttendanceImport
from plaza.meetings.domain.doors import Door
from plaza.meetings.models import Meeting


def desk_doors_of(meeting: Meeting, user: Asker) -> Iterator[Door]:
    """For those who run the network, with how many reports wait. One query."""
    if not is_staff(user):
        return
    n = AttendanceImport.objects.waiting().filter(meeting=meeting).count()
    waits = ngettext("%(n)d report waits for you", "%(n)d reports wait for you", n) % {"n": n} if n else ""
    yield Door(_("Who came"), reverse("attendance:meeting", args=[meeting.slug]), waits)

"""Who held a meeting, or helped to."""

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.records import changed
from plaza.directory.models import City, Organization
from plaza.meetings.choices import OrganiserRole
from plaza.meetings.models import Meeting, Organiser


class OrganisesTwice(Exception):
    """It organises the meeting in that role already."""


@transaction.atomic
def name_organiser(
    *,
    meeting: Meeting,
    by: User | None,
    role: OrganiserRole = OrganiserRole.HOST,
    city: City | None = None,
    organization: Organization | None = None,
) -> Organiser:
    """A city or an organisation. Named again in the same role, it is the same."""
    row, is_new = Organiser.objects.get_or_create(meeting=meeting, role=role, city=city, organization=organization)
    if is_new:
        history.record(verb="organiser named", by=by, subject=meeting, organiser=row.pk)
    return row


@transaction.atomic
def change_organiser(*, organiser: Organiser, by: User | None, role: OrganiserRole) -> list[str]:
    row = Organiser.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=organiser.pk)
    fields = changed(row, {"role": role}, ("role",))
    alike = Organiser.objects.filter(meeting=row.meeting, city=row.city_id, organization=row.organization_id, role=role)
    if fields and alike.exists():
        raise OrganisesTwice
    if fields:
        row.save(update_fields=fields)
        history.record(verb="organiser changed", by=by, subject=row.meeting, organiser=row.pk)
    return fields


@transaction.atomic
def take_from_organisers(*, organiser: Organiser, by: User | None) -> None:
    history.record(verb="organiser taken away", by=by, subject=organiser.meeting, role=organiser.role)
    organiser.delete()

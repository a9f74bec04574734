"""Who held a meeting, as records that are kept by hand and by sheet."""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.plain import row_number
from plaza.core.record_fields import Choice
from plaza.core.records import Column, RecordKind, Values
from plaza.directory.domain.finding import city_field, organisation_field
from plaza.directory.domain.records import CITY, ORGANISATION
from plaza.meetings.choices import OrganiserRole
from plaza.meetings.domain.organisers import OrganisesTwice, change_organiser, name_organiser
from plaza.meetings.domain.records_of_sessions import MEETING, meeting_field
from plaza.meetings.models import Organiser


def _whole(rows: "QuerySet[Organiser]") -> "QuerySet[Organiser]":
    return rows.select_related("meeting", "city__country", "organization")


def _organisers(user: Asker) -> "QuerySet[Organiser]":
    rows = _whole(Organiser.objects.all()).order_by("-meeting", "pk")
    return rows if is_staff(user) else rows.none()


def _alike(values: Values) -> Sequence[Organiser]:
    rows = Organiser.objects.filter(
        meeting=values["meeting"], city=values.get("city"), organization=values.get("organization")
    )
    return list(_whole(rows.filter(role=values.get("role") or OrganiserRole.HOST)))


def _make(values: Values, by: User | None) -> Organiser:
    if bool(values.get("city")) == bool(values.get("organization")):
        raise ValidationError(_("A city or an organisation holds a meeting: name one of the two."))
    return name_organiser(by=by, **{name: value for name, value in values.items() if value})


def _change(row: Organiser, values: Values, by: User | None) -> list[str]:
    if not values.get("role"):
        return []
    try:
        return change_organiser(organiser=row, role=OrganiserRole(values["role"]), by=by)
    except OrganisesTwice as error:
        raise ValidationError(_("It has that role in the meeting already.")) from error


ORGANISERS: Final = RecordKind(
    name="organisers",
    label=gettext_lazy("Who held which meeting"),
    one=gettext_lazy("Organiser"),
    visible_to=_organisers,
    columns=(
        Column(
            "meeting", gettext_lazy("Meeting"), meeting_field, lambda row: row.meeting,
            called=MEETING, is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "role", gettext_lazy("Role"), lambda: Choice(choices=OrganiserRole.choices), lambda row: row.role,
            called=("papel", "rol", "função", "role", "rôle"), is_bulk=True, is_listed=True,
        ),
        Column(
            "city", gettext_lazy("City"), city_field, lambda row: row.city, called=CITY, is_listed=True, is_fixed=True
        ),
        Column(
            "organization", gettext_lazy("Organisation"), organisation_field, lambda row: row.organization,
            called=ORGANISATION, is_listed=True, is_fixed=True,
        ),
    ),
    identify=lambda row: str(row.pk),
    find=lambda text: _whole(Organiser.objects.all()).filter(pk=row_number(text)).first(),
    alike=_alike,
    key=("meeting", "role", "city", "organization"),
    make=_make,
    change=_change,
    containing=lambda rows, words: rows.filter(
        Q(meeting__title__icontains=words) | Q(organization__name__icontains=words)
    ),
    told_by=lambda row: row.meeting,
    address=lambda row: row.meeting.get_absolute_url(),
)  # fmt: skip

"""Roles in a city or an institution: given, and ended."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.directory.choices import PlaceRole
from plaza.directory.models import City, Organization, RoleInPlace


@transaction.atomic
def entrust(
    *, user: User, by: User | None, city: City | None = None, organization: Organization | None = None
) -> RoleInPlace:
    """Makes somebody an editor of a place. Who is one already stays one."""
    role = PlaceRole.CITY_EDITOR if city is not None else PlaceRole.INSTITUTION_EDITOR
    row, is_new = RoleInPlace.objects.get_or_create(
        user=user, role=role, city=city, organization=organization, end=None
    )
    if is_new:
        history.record(verb="role in a place given", by=by, subject=city or organization or row, user=user.pk)
    return row


@transaction.atomic
def end(*, role: RoleInPlace, by: User | None) -> None:
    here = RoleInPlace.objects.select_for_update().get(pk=role.pk)
    if here.end is None:
        here.end = timezone.localdate()
        here.save(update_fields=["end"])
        history.record(
            verb="role in a place ended", by=by, subject=here.city or here.organization or here, user=here.user_id
        )


def end_all_of_city(city: City, on: dt.date) -> int:
    """The city leaves the network, and with it the roles of its editors."""
    return sum(
        RoleInPlace.objects.filter(pk=row.pk).update(end=max(on, row.start))
        for row in RoleInPlace.objects.select_for_update().filter(city=city, end__isnull=True)
    )

"""A city's way into the network and out of it."""

import datetime as dt
from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.records import changed
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.roles import end_all_of_city
from plaza.directory.models import City, NetworkMembership, Person, Post

# From where each state may be reached (None: the city had no membership yet).
REACHED_FROM: Final[dict[MembershipStatus, tuple[MembershipStatus | None, ...]]] = {
    MembershipStatus.APPLIED: (None, MembershipStatus.LEFT),
    MembershipStatus.INVITED: (None, MembershipStatus.LEFT),
    MembershipStatus.MEMBER: (
        None,
        MembershipStatus.APPLIED,
        MembershipStatus.INVITED,
        MembershipStatus.PAUSED,
        MembershipStatus.LEFT,
    ),
    MembershipStatus.PAUSED: (MembershipStatus.MEMBER,),
    MembershipStatus.LEFT: (MembershipStatus.MEMBER, MembershipStatus.PAUSED),
}


class NotThatWay(Exception):
    """A membership does not pass from its state to the one asked for."""


@transaction.atomic
def move(
    *,
    city: City,
    to: MembershipStatus,
    on: dt.date,
    by: User | None,
    focal_point: Person | None = None,
    mayor_post: Post | None = None,
    why: str = "",
) -> NetworkMembership:
    """Brings a city's membership to a state. Asking for the state it is in changes nothing."""
    membership = NetworkMembership.objects.select_for_update().filter(city=city).first()
    before = MembershipStatus(membership.status) if membership else None
    if membership and before == to:
        return membership
    if before not in REACHED_FROM[to]:
        raise NotThatWay(f"{before} → {to}")
    membership = membership or NetworkMembership(city=city)
    membership.status = to
    if to == MembershipStatus.MEMBER:
        membership.since, membership.until = membership.since or on, None
    if to == MembershipStatus.LEFT:
        membership.until = on
        end_all_of_city(city, on)
    membership.focal_point = focal_point or membership.focal_point
    membership.mayor_post = mayor_post or membership.mayor_post
    membership.save()
    history.record(verb=f"membership {to}", by=by, subject=city, why=why, before=before or "", on=on.isoformat())
    return membership


class NoMembership(Exception):
    """The city has none yet that could be corrected."""


class LeavesBeforeItCame(Exception):
    """A membership would end before it began."""


@transaction.atomic
def correct_membership(*, city: City, by: User | None, **values: Any) -> list[str]:
    """Other days, or another focal point, without a change of state."""
    row = NetworkMembership.objects.select_for_update().filter(city=city).first()
    if row is None:
        raise NoMembership
    fields = changed(row, values, ("since", "until", "focal_point"))
    if row.since and row.until and row.until < row.since:
        raise LeavesBeforeItCame
    if fields:
        row.save(update_fields=fields)
        history.record(verb="membership corrected", by=by, subject=city, fields=fields)
    return fields

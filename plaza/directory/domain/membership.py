"""A city's way into the network and out of it."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.records import changed
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain import focal_points
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
    # Where there is no membership yet, two who ask at once wait for each other here.
    City.objects.select_for_update().only("pk").get(pk=city.pk)
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
        _end_what_it_had(city, on, by)
        membership.focal_point = None
    membership.mayor_post = mayor_post or membership.mayor_post
    membership.save()
    if focal_point is not None and to != MembershipStatus.LEFT:
        focal_points.name_focal_point(city=city, person=focal_point, on=on, by=by)
        membership.refresh_from_db(fields=["focal_point"])
    history.record(verb=f"membership {to}", by=by, subject=city, why=why, before=before or "", on=on.isoformat())
    return membership


def allowed_from(before: MembershipStatus | None) -> list[MembershipStatus]:
    """The states that a person may bring it to next."""
    return [to for to, froms in REACHED_FROM.items() if before in froms]


@transaction.atomic
def fall_back(*, city: City, by: User | None, why: str = "") -> None:
    """Neither applying nor being invited came to anything: it is again what it was, which may be nothing."""
    row = NetworkMembership.objects.select_for_update().filter(city=city).first()
    if row is None or row.status not in (MembershipStatus.APPLIED, MembershipStatus.INVITED):
        return
    before = row.status
    if row.since is None:
        row.delete()
    else:
        row.status = MembershipStatus.LEFT
        row.save(update_fields=["status"])
    history.record(verb="membership not begun", by=by, subject=city, why=why, before=before)


def _end_what_it_had(city: City, on: dt.date, by: User | None) -> None:
    """Roles, focal points, and the hand-overs that nobody has answered."""
    end_all_of_city(city, on)
    focal_points.end_all_of_city(city, on, by)
    city.hand_overs.settle()


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
    fields = changed(row, values, ("since", "until"))
    if row.since and row.until and row.until < row.since:
        raise LeavesBeforeItCame
    if fields:
        row.save(update_fields=fields)
    if "focal_point" in values and values["focal_point"] != row.focal_point:
        _put(city, row, values["focal_point"], by)
        fields.append("focal_point")
    if fields:
        history.record(verb="membership corrected", by=by, subject=city, fields=fields)
    return fields


def _put(city: City, row: NetworkMembership, person: Person | None, by: User | None) -> None:
    """From today; nobody: the last day was yesterday."""
    today = timezone.localdate()
    if person is not None:
        focal_points.name_focal_point(city=city, person=person, on=today, by=by)
        return
    main = focal_points.main_on(city, today)
    if main is not None and (main.start is None or main.start < today):
        focal_points.end_focal_point(focal_point=main, on=today - dt.timedelta(days=1), by=by)
    elif main is not None:
        focal_points.take_away(main, by)
    focal_points.keep_main(city)

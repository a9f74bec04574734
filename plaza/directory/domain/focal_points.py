"""Who is the focal point of a city, from which day to which."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.directory.models import City, FocalPoint, HandOver, KnownAddress, NetworkMembership, Person, RoleInPlace
from plaza.directory.models.terms import HandOverQuerySet, on_day


class EndsBeforeItStarts(Exception):
    """A term would be over before it began."""


@transaction.atomic
def name_focal_point(
    *, city: City, person: Person, on: dt.date, by: User | None, post: str = "", is_main: bool = True
) -> FocalPoint:
    """From that day. The main one takes the place of the one before, whose last day is the day before; what was still asked
    of who comes next is settled. Naming who is it on that day already changes nothing."""
    lock(city)
    same = FocalPoint.objects.filter(on_day(on), city=city, person=person, is_main=is_main).first()
    if same is not None:
        return same
    if is_main:
        for before in FocalPoint.objects.filter(city=city, is_main=True).exclude(end__lt=on):
            _end_before(before, on, by)
    row = FocalPoint.objects.create(city=city, person=person, post=post, start=on, is_main=is_main)
    history.record(verb="focal point named", by=by, subject=city, person=person.pk, on=on.isoformat(), main=is_main)
    if is_main:
        mains = HandOver.objects.filter(focal_point__city=city, focal_point__is_main=True)
        settle_others(mains.exclude(focal_point=row), city, by)
    keep_main(city)
    return row


@transaction.atomic
def end_focal_point(*, focal_point: FocalPoint, on: dt.date, by: User | None) -> None:
    """`on` is the last day, or a new one where another stood."""
    lock(focal_point.city)
    row = FocalPoint.objects.select_for_update().get(pk=focal_point.pk)
    if row.start and on < row.start:
        raise EndsBeforeItStarts
    if row.end == on:
        return
    later = FocalPoint.objects.filter(city=row.city_id, is_main=True, start__gt=row.start or dt.date.min)
    if row.is_main and later.exclude(pk=row.pk).filter(start__lte=on).exists():
        raise EndsBeforeItStarts
    row.end = on
    row.save(update_fields=["end"])
    history.record(verb="focal point ends", by=by, subject=row.city, person=row.person_id, on=on.isoformat())
    keep_main(row.city)


@transaction.atomic
def end_all_of_city(city: City, on: dt.date, by: User | None) -> None:
    """The city leaves: nobody speaks for it afterwards."""
    for row in FocalPoint.objects.filter(city=city).exclude(end__lte=on):
        if row.start and row.start > on:
            take_away(row, by)
        else:
            row.end = on
            row.save(update_fields=["end"])


def settle_others(rows: HandOverQuerySet, city: City, by: User | None) -> None:
    """Somebody came next, by whatever way: of the terms before hers nothing is asked any more."""
    if rows.settle():
        history.record(verb="hand-over closed", by=by, subject=city)


def main_on(city: City, day: dt.date) -> FocalPoint | None:
    return FocalPoint.objects.on(day).filter(city=city, is_main=True).select_related("person").first()


def keep_main(city: City) -> None:
    """What the city's membership says is who is the main focal point today."""
    main = main_on(city, timezone.localdate())
    NetworkMembership.objects.filter(city=city).update(focal_point=main.person if main else None)


@transaction.atomic
def keep_all_mains() -> int:
    """Terms begin and end by themselves, at midnight. Returns how many cities have another than yesterday."""
    today = timezone.localdate()
    mains = dict(FocalPoint.objects.on(today).filter(is_main=True).values_list("city_id", "person_id"))
    stale = [
        row
        for row in NetworkMembership.objects.select_for_update().only("pk", "city_id", "focal_point_id")
        if row.focal_point_id != mains.get(row.city_id)
    ]
    for row in stale:
        row.focal_point_id = mains.get(row.city_id)
    NetworkMembership.objects.bulk_update(stale, ["focal_point"], batch_size=500)
    return len(stale)


@transaction.atomic
def end_role(person: Person, city: City, on: dt.date, by: User | None) -> None:
    """Her role of editor of the city ends on that day, where she has one: with the account that is said to be hers, or
    that of the address known for her."""
    known = KnownAddress.objects.filter(person=person).first()
    is_hers = Q(user__person=person) | (Q(user__email__iexact=known.email) if known else Q(pk__in=[]))
    for role in RoleInPlace.objects.select_for_update(of=("self",)).filter(is_hers, city=city, end__isnull=True):
        role.end = max(on, role.start)
        role.save(update_fields=["end"])
        history.record(verb="role in a place ended", by=by, subject=city, user=role.user_id)


@transaction.atomic
def take_away(row: FocalPoint, by: User | None) -> None:
    """A term that never began. What was asked of its end is settled, and kept."""
    if row.hand_overs.settle():
        history.record(verb="hand-over closed", by=by, subject=row.city)
    row.hand_overs.update(focal_point=None)
    row.delete()


def _end_before(row: FocalPoint, on: dt.date, by: User | None) -> None:
    """One that had not begun by then never was."""
    if row.start and row.start >= on:
        take_away(row, by)
        return
    row.end = on - dt.timedelta(days=1)
    row.save(update_fields=["end"])


def lock(city: City) -> None:
    """One at a time changes who speaks for a city."""
    City.objects.select_for_update().only("pk").get(pk=city.pk)

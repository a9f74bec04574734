"""From the clock on the wall to the instant, and back. A wall clock skips an hour in one night of the year and passes
another twice, where the clocks are changed."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField
from django.db.models.functions import Cast, Extract

from plaza.meetings.zones import is_zone

MINUTE = "%Y-%m-%d %H:%M"


def zone_named(name: str) -> ZoneInfo | None:
    """None where there is none of that name."""
    return ZoneInfo(name) if name and is_zone(name) else None


class OddHour(Exception):
    """An hour of the wall clock that is no instant, or two."""

    def __init__(self, wall: dt.datetime, zone: str) -> None:
        super().__init__(f"{wall:{MINUTE}} {zone}")
        self.wall, self.zone = wall, zone


class NoSuchHour(OddHour):
    """The clocks were put forward over it."""


class HourTwice(OddHour):
    """The clocks were put back over it: it must be said which of the two is meant."""


def instant(wall: dt.datetime, zone: str, *, which: int | None = None) -> dt.datetime:
    """`which` of the two, where an hour is passed twice: 0 or 1. Raises NoSuchHour, HourTwice."""
    there = ZoneInfo(zone)
    wall = wall.replace(tzinfo=None)
    first, second = (wall.replace(tzinfo=there, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if first.astimezone(there).replace(tzinfo=None) != wall:
        raise NoSuchHour(wall, zone)
    if first == second:
        return first
    if which is None:
        raise HourTwice(wall, zone)
    return second if which else first


def seconds(of: str) -> Cast:
    """Of a moment in a query: since 1970."""
    return Cast(Extract(of, "epoch"), BigIntegerField())


@lru_cache(maxsize=4096)
def moment(since_1970: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(since_1970, dt.UTC)


# Three hundred sessions begin at thirty hours, and each is asked for several times.
@lru_cache(maxsize=4096)
def wall_clock(at: dt.datetime, zone: str) -> dt.datetime:
    """What the clocks there show, without a zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@lru_cache(maxsize=4096)
def told_there(at: dt.datetime, zone: str) -> str:
    """`2026-03-12T09:00-05:00`: what the clocks there show, and how far they are from Greenwich."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def moved(at: dt.datetime, before: str, after: str) -> dt.datetime:
    """The instant at which clocks in the other zone show the same. Of an hour that is passed twice, the same of the two;
    raises NoSuchHour."""
    local = at.astimezone(ZoneInfo(before))
    return instant(local, after, which=local.fold)

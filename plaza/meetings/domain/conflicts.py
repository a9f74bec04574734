"""What cannot be in a programme: somebody in two places at once, a room twice, a session outside its meeting. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

A_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its hours. `people` and `room` by their numbers."""

    session: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    room: int | None = None
    people: frozenset[int] = frozenset()


class Kind(StrEnum):
    PERSON_TWICE = "person twice"
    ROOM_TWICE = "room twice"
    OUTSIDE = "outside"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`what` is the number of the person or the room that is claimed by both sessions."""

    kind: Kind
    session: int
    other: int | None = None
    what: int | None = None


def conflicts(slots: Iterable[Slot], bounds: tuple[dt.datetime, dt.datetime] | None = None) -> list[Conflict]:
    """In the order of the programme. Sessions that were cancelled are no slots. What ends when another begins does not
    overlap."""
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at, slot.session))
    found = list(_alone(ordered, bounds))
    found += [Conflict(Kind.ROOM_TWICE, *pair, what=room) for room, pair in _twice(ordered, _room)]
    found += [Conflict(Kind.PERSON_TWICE, *pair, what=person) for person, pair in _twice(ordered, _people)]
    place = {slot.session: number for number, slot in enumerate(ordered)}
    return sorted(found, key=lambda each: place[each.session])


def _alone(slots: list[Slot], bounds: tuple[dt.datetime, dt.datetime] | None) -> Iterator[Conflict]:
    for slot in slots:
        if slot.ends_at - slot.starts_at > A_DAY:
            yield Conflict(Kind.TOO_LONG, slot.session)
        if bounds and (slot.starts_at < bounds[0] or slot.ends_at > bounds[1]):
            yield Conflict(Kind.OUTSIDE, slot.session)


def _room(slot: Slot) -> Iterable[int]:
    return () if slot.room is None else (slot.room,)


def _people(slot: Slot) -> Iterable[int]:
    return sorted(slot.people)


def _twice(slots: list[Slot], claims: Callable[[Slot], Iterable[int]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """(what is claimed, the two sessions): each later session against those before it that are still going on."""
    going: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        for claimed in claims(slot):
            still = [other for other in going[claimed] if other.ends_at > slot.starts_at]
            for other in still:
                yield claimed, (other.session, slot.session)
            going[claimed] = [*still, slot]

"""Which number is the day: `05/08/2026` is decided by the whole file, or not at all."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from plaza.core.languages import Language
from plaza.formats.attendance.records import DateOrder, WhyOrder
from plaza.formats.attendance.times import Moment, instant

OneOrder = Literal["day first", "month first"]
_DAY: Final = 86_400
# A meeting, or the days of a summit in one report, told apart from the same figures read as months.
_LONGEST: Final = 1.5 * _DAY
_TOLERATED: Final = 0.5 * _DAY


@dataclass(slots=True)
class Evidence:
    """What the file says of its own times. `spans`: joined, left and the seconds told, of one row each."""

    spans: list[tuple[Moment | None, Moment | None, int | None]] = field(default_factory=list)
    facts: list[Moment] = field(default_factory=list)  # start and end of the meeting
    before: list[Moment] = field(default_factory=list)  # registrations: none is after the last has left
    after: list[Moment] = field(default_factory=list)  # the report was not made before anyone came

    def moments(self) -> list[Moment]:
        """Those whose day and month stand in figures, wherever in the file."""
        ends = [when for joined, left, _ in self.spans for when in (joined, left)]
        return [
            when for when in (*ends, *self.facts, *self.before, *self.after) if when is not None and when.is_numeric
        ]


@dataclass(frozen=True, slots=True)
class Decision:
    """`order` None: no date needed deciding. `read_as` is what the readings follow; `open`: there is a second one."""

    order: DateOrder | None
    why: WhyOrder | None
    read_as: OneOrder


def decide(evidence: Evidence, language: Language | None) -> Decision:
    """Numbers over twelve first, then whether the times agree with each other; else both readings stand. Of two open
    readings the first is the one usual in the file's language."""
    usual: OneOrder = "month first" if language in ("en", None) else "day first"
    numeric = evidence.moments()
    only_day = any(when.month_first is None for when in numeric)
    only_month = any(when.day_first is None for when in numeric)
    if only_day and only_month:
        return Decision("ambiguous", WhyOrder.MIXED, usual)
    if only_day:
        return Decision("day first", WhyOrder.PAST_TWELVE, "day first")
    if only_month:
        return Decision("month first", WhyOrder.PAST_TWELVE, "month first")
    if not any(when.is_open for when in numeric):
        return Decision(None, None, usual)
    against_day, against_month = contradictions(evidence, "day first"), contradictions(evidence, "month first")
    if against_month and not against_day:
        return Decision("day first", WhyOrder.AGREES, "day first")
    if against_day and not against_month:
        return Decision("month first", WhyOrder.AGREES, "month first")
    return Decision("ambiguous", WhyOrder.OPEN, usual)


def read(when: Moment | None, order: OneOrder) -> dt.datetime | None:
    """The reading in that order; the only one where there is only one."""
    if when is None:
        return None
    first, second = (when.day_first, when.month_first)
    if order == "month first":
        first, second = second, first
    return first if first is not None else second


def contradictions(evidence: Evidence, order: OneOrder) -> int:
    """How often the times, read in that order, say what cannot be."""
    count = 0
    for joined, left, told in evidence.spans:
        start, end = read(joined, order), read(left, order)
        if (
            start is not None
            and end is not None
            and joined is not None
            and left is not None
            and joined.has_day
            and left.has_day
        ):
            length = instant(end) - instant(start)
            count += length < 0 or (told is not None and length - told > _TOLERATED)
    stays = _instants([when for joined, left, _ in evidence.spans for when in (joined, left)], order)
    meeting = _instants(evidence.facts, order)
    together = stays + meeting
    if together:
        other: OneOrder = "month first" if order == "day first" else "day first"
        count += max(together) - min(together) > _LONGEST >= _spread(evidence, other)
        count += sum(when > max(together) + _TOLERATED for when in _instants(evidence.before, order))
        count += sum(when < min(together) - _TOLERATED for when in _instants(evidence.after, order))
    return count


def _spread(evidence: Evidence, order: OneOrder) -> float:
    every = [when for joined, left, _ in evidence.spans for when in (joined, left)] + list(evidence.facts)
    instants = _instants(every, order)
    return max(instants) - min(instants)


def _instants(moments: Iterable[Moment | None] | Sequence[Moment], order: OneOrder) -> list[float]:
    read_so = [read(when, order) for when in moments if when is not None and when.has_day]
    return [instant(when) for when in read_so if when is not None]

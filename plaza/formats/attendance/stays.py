"""What the rows of one person say, dates decided → entries, and when the person was there."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from plaza.formats.attendance.drafts import Draft
from plaza.formats.attendance.intervals import Ends, seconds_in, union
from plaza.formats.attendance.records import Entry, Note
from plaza.formats.attendance.times import Moment, instant

# Zoom rounds minutes up, and a clock may stand still for a moment.
TOLERATED: Final = 90
_DAY: Final = 86_400

Resolve = Callable[[Moment | None], dt.datetime | None]
Stay = tuple[dt.datetime, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Stays:
    """Of one person. `seconds` is the union of `intervals`, or what the tool tells where it tells no times; `told` the sum of the
    durations in the rows. Both in seconds, None where nothing tells it."""

    entries: tuple[Entry, ...]
    intervals: tuple[Stay, ...]
    seconds: int | None
    told: int | None
    notes: tuple[Note, ...]


def stays_of(drafts: Sequence[Draft], resolve: Resolve, end: dt.datetime | None) -> Stays:
    """`end` is the meeting's: who never left was there until then."""
    if any(draft.happened is not None or draft.action is not None for draft in drafts):
        return _by_events(drafts, resolve, end)
    notes: list[Note] = []
    entries, seen, told = [], set(), 0
    for draft in drafts:
        entry = _entry(draft, resolve, end)
        row = tuple(draft.line.cells)
        if row in seen:
            entry = _noted(entry, Note.SAME_ROW)
        elif not draft.is_total or all(each.is_total for each in drafts):
            told += entry.told or 0
        seen.add(row)
        entries.append(entry)
    counted = _counted(drafts, entries)
    intervals = [(entry.joined, entry.left) for entry in counted if entry.joined and Note.BACKWARDS not in entry.notes]
    ends = [(instant(joined), instant(left)) for joined, left in intervals if left is not None]
    has_told = any(entry.told is not None for entry in entries)
    if _overlap(ends):
        notes.append(Note.AT_ONCE)
    only_totals = all(draft.is_total for draft in drafts)
    return Stays(
        entries=tuple(entries),
        intervals=_merged(intervals),
        seconds=_seconds(ends, told if has_told else None, only_totals=only_totals, is_open=len(ends) < len(intervals)),
        told=told if has_told else None,
        notes=tuple(notes),
    )


def _entry(draft: Draft, resolve: Resolve, end: dt.datetime | None) -> Entry:
    joined, left, told, notes = resolve(draft.joined), resolve(draft.left), draft.told, list(draft.notes)
    if (
        joined
        and left
        and draft.joined
        and not draft.joined.has_day
        and -_DAY < instant(left) - instant(joined) < -_DAY / 2
    ):
        left += dt.timedelta(days=1)  # past midnight
    if joined and left and instant(left) < instant(joined):
        notes.append(Note.BACKWARDS)
    elif joined and left:
        length = instant(left) - instant(joined)
        if draft.told_otherwise is not None and abs(draft.told_otherwise - length) <= TOLERATED:
            told = draft.told_otherwise
        elif told is not None and (told - length > TOLERATED or (length - told > TOLERATED and not draft.is_total)):
            notes.append(Note.DISAGREE)
    elif draft.told_otherwise is not None and not (joined or left):
        notes.append(Note.HOURS_OR_MINUTES)
    if joined and left is None:
        if told is not None:
            left = joined + dt.timedelta(seconds=told)
            notes.append(Note.END_BY_DURATION)
        else:
            left = _until(joined, end)
            notes.append(Note.END_OF_MEETING if left else Note.NO_END)
    elif left and joined is None:
        notes.append(Note.NO_START)
    if draft.is_waiting:
        notes.append(Note.WAITING)
    return Entry(draft.line.number, joined, left, told, tuple(dict.fromkeys(notes)))


def _until(joined: dt.datetime, end: dt.datetime | None) -> dt.datetime | None:
    """The end of the meeting for who never left, where it is told."""
    return end if end is not None and instant(end) >= instant(joined) else None


def _counted(drafts: Sequence[Draft], entries: Sequence[Entry]) -> list[Entry]:
    """Single stays before totals, the meeting before its waiting room: each only where there is nothing better."""
    both = list(zip(drafts, entries, strict=True))
    timed = [(draft, entry) for draft, entry in both if entry.joined is not None] or both
    stays = [(draft, entry) for draft, entry in timed if not draft.is_total] or timed
    inside = [(draft, entry) for draft, entry in stays if not draft.is_waiting] or stays
    return [entry for _, entry in inside]


def _seconds(ends: Sequence[Ends], told: int | None, *, only_totals: bool, is_open: bool) -> int | None:
    """The union; of totals the time that is told, which leaves out the absences; nothing where nothing tells it."""
    if only_totals and told is not None:
        return min(told, round(seconds_in(ends))) if ends else told
    if ends:
        return round(seconds_in(ends))
    return None if is_open else told


def _by_events(drafts: Sequence[Draft], resolve: Resolve, end: dt.datetime | None) -> Stays:
    """Joining and leaving, one row each. A second leaving belongs to a second device, as long as there are as many
    joinings; who never left stayed to the end, where the report tells it."""
    entries: dict[int, Entry] = {}
    intervals: list[Stay] = []
    opened: dt.datetime | None = None
    joins = leaves = last = 0
    timed = [(when, draft) for draft in drafts if (when := resolve(draft.happened)) is not None]
    for draft in drafts:
        entries[draft.line.number] = Entry(draft.line.number, None, None, None, tuple(dict.fromkeys(draft.notes)))
    for when, draft in sorted(timed, key=lambda pair: instant(pair[0])):
        number = draft.line.number
        entry = entries[number]
        if draft.action == "joins":
            joins += 1
            entries[number] = Entry(number, when, None, None, entry.notes)
            if opened is None:
                opened, last = when, number
        elif draft.action == "leaves":
            leaves += 1
            entries[number] = Entry(number, None, when, None, entry.notes)
            if opened is not None:
                intervals.append((opened, when))
                opened = None
            elif intervals and leaves <= joins:
                intervals[-1] = (intervals[-1][0], when)
            else:
                entries[number] = _noted(entries[number], Note.NO_START)
    if opened is not None:
        until = _until(opened, end)
        entries[last] = _noted(entries[last], Note.END_OF_MEETING if until else Note.NO_END)
        intervals.append((opened, until))
    ends = [(instant(joined), instant(left)) for joined, left in intervals if left is not None]
    seconds = round(seconds_in(ends)) if ends else None
    return Stays(tuple(entries.values()), _merged(intervals), seconds, None, ())


def _merged(intervals: Sequence[Stay]) -> tuple[Stay, ...]:
    """The union, in the times as they are written; what has no end stays as it is, after the others."""
    by_instant = {instant(when): when for stay in intervals for when in stay if when is not None}
    ends = union((instant(joined), instant(left)) for joined, left in intervals if left is not None)
    closed: list[Stay] = [(by_instant[start], by_instant[end]) for start, end in ends]
    return (
        *closed,
        *((joined, None) for joined in sorted({joined for joined, left in intervals if left is None}, key=instant)),
    )


def _overlap(ends: Sequence[Ends]) -> bool:
    in_order = sorted(set(ends))
    return any(second[0] < first[1] - 1 for first, second in pairwise(in_order))


def _noted(entry: Entry, note: Note) -> Entry:
    return Entry(entry.row, entry.joined, entry.left, entry.told, tuple(dict.fromkeys((*entry.notes, note))))

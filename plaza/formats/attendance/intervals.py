"""The union of intervals: who sits at two devices is there once."""

from collections.abc import Iterable

Ends = tuple[float, float]


def union(intervals: Iterable[Ends]) -> list[Ends]:
    """The same time in pieces that do not touch, in order. An interval that ends before it begins is no time."""
    merged: list[Ends] = []
    for start, end in sorted(each for each in intervals if each[0] <= each[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def seconds_in(intervals: Iterable[Ends]) -> float:
    """How long the union of `intervals` is."""
    return sum(end - start for start, end in union(intervals))

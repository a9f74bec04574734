"""Stretches of a text that are taken, apart from each other."""

from bisect import bisect_left, insort


class Stretches:
    """Kept in order, so that to ask costs the same in a long line as in a short one."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def touch(self, start: int, end: int) -> bool:
        """Whether something from `start` to `end` is taken."""
        at = bisect_left(self._taken, (start, start))
        before = at > 0 and self._taken[at - 1][1] > start
        return before or (at < len(self._taken) and self._taken[at][0] < end)

    def take(self, start: int, end: int) -> None:
        insort(self._taken, (start, end))

"""Rolling captions: the line that was said stays on the screen while the next appears below it.

YouTube's automatic captions write the same words three times: when they are said (with inline
times), alone for 10 ms, and above the next line. Here each word is said once, when it was first said.
People repeat themselves too ("no, no, no", a chorus), so nothing is taken away unless the file
as a whole rolls.
"""

from collections.abc import Sequence
from typing import Final

from plaza.formats.transcript.blocks import Cue
from plaza.formats.transcript.words import is_painted, plain

# YouTube's doubles last 10 ms; converters round that to 0 or 20.
_DOUBLE: Final = 20
# A line that comes back after a longer silence is said again, not still on the screen.
_GAP: Final = 1000
# A screen shows two or three rows; a cue of a thousand rows does not roll.
_ROWS: Final = 8


class _Screen:
    """The rows of one cue: words, whether they are painted word by word, and what they leave `shown`."""

    __slots__ = ("end", "length", "painted", "rows", "shown", "start")

    def __init__(self, cue: Cue) -> None:
        self.start, self.end, self.length = cue.start, cue.end, cue.end - cue.start
        self.rows = [plain(row.text) for row in cue.rows]
        self.painted = [is_painted(row.text) for row in cue.rows]
        written = [place for place, row in enumerate(self.rows, start=1) if row]
        self.shown = self.rows[: written[-1]][-_ROWS:] if written else []

    def carried(self, before: "_Screen") -> int:
        """How many first rows still show what `before` showed last. Painted rows are new."""
        if self.start > before.end + _GAP:
            return 0
        shown = before.shown
        for many in range(min(len(shown), len(self.rows), _ROWS), 0, -1):
            if shown[-many:] == self.rows[:many] and not any(self.painted[:many]):
                return many
        return 0

    def grown(self, before: "_Screen") -> str:
        """The words that a first row adds to the last row of `before`; "" if it is another row."""
        if not before.shown or not self.rows or self.painted[0] or self.start > before.end + _GAP:
            return ""
        said, first = before.shown[-1], self.rows[0]
        return first[len(said) :].strip() if first.startswith(said + " ") else ""


def collapse(cues: Sequence[Cue]) -> bool:
    """Take from each cue the rows that only stayed on the screen; False, and nothing, if no file rolls.

    A cue whose rows are all gone is left with none: its words are in the cue that said them.
    """
    screens = [_Screen(cue) for cue in cues]
    if not _rolls(screens):
        return False
    for cue, screen, before in zip(cues[1:], screens[1:], screens, strict=False):
        carried = screen.carried(before)
        if carried:
            cue.rows = cue.rows[carried:]
        elif more := screen.grown(before):
            cue.rows[0] = cue.rows[0]._replace(text=more)
    return True


def _rolls(screens: Sequence[_Screen]) -> bool:
    """At least two signs, and signs on three cues of ten: a carried row above a new one, a row that
    grows, a double of 10 ms; inline times count, but alone (karaoke) they prove nothing."""
    carried = painted = 0
    for screen, before in zip(screens[1:], screens, strict=False):
        many = screen.carried(before)
        new_below = any(screen.rows[many:])
        carried += (many > 0 and (new_below or screen.length <= _DOUBLE)) or bool(screen.grown(before))
    painted = sum(any(screen.painted) for screen in screens)
    signs = carried + painted
    return carried > 0 and signs >= 2 and 10 * signs >= 3 * len(screens)

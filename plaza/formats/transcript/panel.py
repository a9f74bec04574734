"""YouTube's transcript panel, copied by hand → cues.

`0:57 text`, or the time on its own line and the text below. A copy may carry what a screen reader
would say of the time (`57 seconds`, `1 minuto y 10 segundos`) between the two.
"""

import re
from collections.abc import Sequence
from typing import Final

from plaza.formats.transcript.blocks import Blocks, Cue
from plaza.formats.transcript.lines import Line
from plaza.formats.transcript.records import WhyAside
from plaza.formats.transcript.times import Clock, panel_clock

# The panel gives no end. The last words get the time they take at 150 words a minute.
MILLISECONDS_A_WORD: Final = 60_000 // 150
_SPOKEN_TIME: Final = re.compile(r"\d{1,2} [^\W\d]{1,12}(?:,? (?:[^\W\d]{1,3} )?\d{1,2} [^\W\d]{1,12}){0,2}$")


def scan_panel(lines: Sequence[Line]) -> Blocks:
    """The cues of a copied panel, sorted by start; each ends where the next begins."""
    found = Blocks()
    cue: Cue | None = None
    below = False
    for line in lines:
        words = line.text.strip()
        clock = panel_clock(words)
        if clock is not None:
            cue = Cue(line, clock.start, clock.start)
            found.cues.append(cue)
            if clock.rest:
                cue.take(Line(line.number, clock.rest))
        elif words and cue is None:
            found.aside(line, WhyAside.NO_TIME)
        elif words and cue is not None and not (below and _says_the_time(words, cue.start)):
            cue.take(line)
        below = clock is not None and not clock.rest
    _give_ends(found)
    return found


def _give_ends(found: Blocks) -> None:
    found.cues.sort(key=lambda cue: cue.start)
    for cue, following in zip(found.cues, found.cues[1:], strict=False):
        cue.end = following.start
    if found.cues:
        last = found.cues[-1]
        last.end = last.start + MILLISECONDS_A_WORD * sum(len(row.text.split()) for row in last.rows)


def _says_the_time(words: str, milliseconds: int) -> bool:
    if not _SPOKEN_TIME.match(words):
        return False
    seconds = milliseconds // 1000
    clock = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return [int(part) for part in re.findall(r"\d+", words)] == ([part for part in clock if part] or [0])


def is_panel(clocks: Sequence[Clock | None]) -> bool:
    """Whether so many lines begin with a time that it is the panel and not a text with an hour in it.
    `clocks`: `panel_clock` of each line with words."""
    timed = sum(clock is not None for clock in clocks)
    return 0 < timed >= len(clocks) / 5

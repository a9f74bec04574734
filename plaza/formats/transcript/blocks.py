"""Lines of WebVTT, SRT or SBV → cues, each row with its line number.

One pass with one line of looking ahead. Tolerant where files are sloppy (no header, no empty line
between cues, an empty line between a time and its words), strict about accounts: a line is a row
of a cue, structure, or put aside.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from plaza.formats.transcript.lines import Line
from plaza.formats.transcript.records import PutAside, WhyAside
from plaza.formats.transcript.times import UNREADABLE, Clock, is_cut

_HEADER: Final = re.compile(r"WEBVTT(?:\s|$|:|-)", re.IGNORECASE)
_NOTE: Final = re.compile(r"NOTE(?:\s|$)|(?:STYLE|REGION)$")
_LANGUAGE: Final = re.compile(r"Language:\s{0,9}([A-Za-z_-]{2,35})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,9}$")
_GUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?:/\d+-\d+)?$", re.IGNORECASE)


@dataclass(slots=True)
class Cue:
    """Milliseconds, the line of its times, and its rows as they stand in the file (blank ones too)."""

    clock: Line
    start: int
    end: int
    rows: list[Line] = field(default_factory=list)
    id: str = ""
    comma: bool = False  # before the milliseconds: SRT's way
    has_words: bool = False

    def take(self, row: Line) -> None:
        self.rows.append(row)
        self.has_words = self.has_words or bool(row.text.strip())


@dataclass(slots=True)
class Blocks:
    """What the scanner found; `language` is the header's own tag, if any."""

    cues: list[Cue] = field(default_factory=list)
    put_aside: list[PutAside] = field(default_factory=list)
    header: bool = False
    language: str | None = None

    def aside(self, line: Line, why: WhyAside) -> None:
        self.put_aside.append(PutAside(line.number, line.text.strip(), why))

    def cue_aside(self, cue: Cue, why: WhyAside) -> None:
        """A cue goes with all its lines: its times, and each row that is not blank."""
        self.aside(cue.clock, why)
        for row in cue.rows:
            if row.text.strip() and row.number != cue.clock.number:
                self.aside(row, why)


def scan(lines: Sequence[Line], clock_of: Callable[[str], Clock | None], *, ids: bool) -> Blocks:
    """The cues of `lines`. `clock_of` knows the time lines; `ids`: cues may be numbered or named."""
    scanner = _Scanner(lines, [clock_of(line.text) for line in lines], ids=ids)
    for index in range(len(lines)):
        scanner.take(index)
    return scanner.found


class _Scanner:
    def __init__(self, lines: Sequence[Line], clocks: Sequence[Clock | None], *, ids: bool) -> None:
        self.lines, self.clocks, self.ids = lines, clocks, ids
        self.found = Blocks()
        self.cue: Cue | None = None
        self.skipping = ""  # "header" or "note": structure until the next empty line
        self.fresh = True  # the line before was empty, or an id: a block begins here
        self.why = WhyAside.NO_TIME  # of words that belong to no cue
        self.number = 0  # the last numbered id
        self.id = ""

    def take(self, index: int) -> None:
        line, clock = self.lines[index], self.clocks[index]
        words = line.text.strip()
        fresh, self.fresh = self.fresh, False
        if clock is not None:
            self._open(line, clock)
        elif not words:
            self._blank(line)
        elif self._begins_header(words, fresh=fresh):
            self.found.header, self.skipping, self.cue = True, "header", None
        elif self.skipping:
            self._skip(words)
        elif fresh and _NOTE.match(words):
            self.skipping, self.cue = "note", None
        elif self.ids and self._is_id(index, words, fresh=fresh):
            self._identify(words)
        elif fresh and is_cut(words):
            self._stray(line, WhyAside.UNREADABLE_TIME)
        elif self.cue is not None:
            self.cue.take(line)
        else:
            self._stray(line, self.why)

    def _open(self, line: Line, clock: Clock) -> None:
        self.skipping = ""
        if clock is UNREADABLE:
            self._stray(line, WhyAside.UNREADABLE_TIME)
            return
        self.cue = Cue(line, clock.start, clock.end, id=self.id, comma=clock.comma)
        self.id = ""
        self.found.cues.append(self.cue)
        if clock.rest:
            self.cue.take(Line(line.number, clock.rest))

    def _blank(self, line: Line) -> None:
        has_words = self.cue is not None and self.cue.has_words
        self.skipping, self.why = "", WhyAside.NO_TIME
        if line.text and self.cue is not None:
            # A row of spaces is a row of the screen: YouTube's captions roll over it.
            self.cue.take(line)
            self.fresh = has_words
            return
        self.fresh = True
        if has_words:
            self.cue = None

    def _begins_header(self, words: str, *, fresh: bool) -> bool:
        return (fresh or words == "WEBVTT") and not self.skipping and _HEADER.match(words) is not None

    def _skip(self, words: str) -> None:
        if self.skipping == "header" and (language := _LANGUAGE.match(words)):
            self.found.language = language.group(1)

    def _is_id(self, index: int, words: str, *, fresh: bool) -> bool:
        """An id stands right above its times, at the head of a block; a number may also follow the
        words above it without an empty line, or have lost its times, when it is the next number."""
        timed = index + 1 < len(self.lines) and self.clocks[index + 1] is not None
        if _NUMBER.match(words):
            return (timed and fresh) or ((timed or fresh) and int(words) == self.number + 1)
        if not timed:
            return False
        # Only WebVTT has ids of several words; elsewhere such a line is something somebody said.
        one_word = not re.search(r"\s", words)
        return _GUID.match(words) is not None or (fresh and (self.found.header or one_word))

    def _identify(self, words: str) -> None:
        self.cue, self.id, self.fresh, self.why = None, words, True, WhyAside.NO_TIME
        if _NUMBER.match(words):
            self.number = int(words)

    def _stray(self, line: Line, why: WhyAside) -> None:
        self.cue, self.why = None, why
        self.found.aside(line, why)


def is_teams_id(id: str) -> bool:
    """Teams names its cues by GUID, a stroke and two counters."""
    return _GUID.match(id) is not None

"""What kind of file this is, by its content: which scanner reads it, or in one sentence why none does."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from plaza.formats.decode import looks_binary
from plaza.formats.transcript.blocks import Blocks, is_teams_id, scan
from plaza.formats.transcript.lines import Line
from plaza.formats.transcript.panel import is_panel, scan_panel
from plaza.formats.transcript.records import Format, NotATranscript, WhyNot
from plaza.formats.transcript.times import UNREADABLE, Clock, arrow_clock, comma_clock, panel_clock

_MAGIC: Final = (
    (b"PK\x03\x04", WhyNot.ARCHIVE),
    (b"\x1f\x8b", WhyNot.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", WhyNot.ARCHIVE),
    (b"Rar!\x1a\x07", WhyNot.ARCHIVE),
    (b"%PDF-", WhyNot.DOCUMENT),
    (b"{\\rtf", WhyNot.DOCUMENT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WhyNot.DOCUMENT),
)
_MARKUP: Final = re.compile(r"<(?:!doctype|html|head|body|\?xml|tt|rss|feed|svg)\b", re.IGNORECASE)
# `From Ana to Everyone:`, `De Ana para Todos:` behind the hour: Zoom's saved chat, private messages and all.
_CHAT: Final = re.compile(r"(?:From|De|Desde)\s[^:]{1,200}:")


def refuse_bytes(data: bytes) -> None:
    """Raises NotATranscript for what its first bytes give away."""
    if not data:
        raise NotATranscript(WhyNot.EMPTY)
    for magic, why in _MAGIC:
        if data.startswith(magic):
            raise NotATranscript(why)


def scan_any(text: str, lines: Sequence[Line]) -> tuple[Format, Blocks]:
    """The cues, by the scanner the time lines ask for. The format is `vtt` for everything with an
    arrow that is not SRT; who made it is seen later, in its voices.

    Raises NotATranscript where there are no time lines.
    """
    start = text[:400].lstrip()
    if not start and not text.strip():
        raise NotATranscript(WhyNot.EMPTY)
    if looks_binary(text):
        raise NotATranscript(WhyNot.BINARY)
    if _MARKUP.match(start):
        raise NotATranscript(WhyNot.MARKUP)
    if any(_readable(arrow_clock(line.text)) for line in lines):
        found = scan(lines, arrow_clock, ids=True)
        return ("srt" if _is_srt(found) else "vtt"), found
    if any(_readable(comma_clock(line.text)) for line in lines):
        return "sbv", scan(lines, comma_clock, ids=False)
    return "youtube-panel", _panel(start, lines)


def _panel(start: str, lines: Sequence[Line]) -> Blocks:
    clocks = [panel_clock(line.text) for line in lines if line.text.strip()]
    if is_panel(clocks):
        timed = [clock for clock in clocks if clock]
        if 2 * sum(_CHAT.match(clock.rest) is not None for clock in timed) > len(timed):
            raise NotATranscript(WhyNot.CHAT)
        return scan_panel(lines)
    if start.startswith("WEBVTT"):
        raise NotATranscript(WhyNot.NO_WORDS)
    raise NotATranscript(WhyNot.DATA if re.match(r"[{\[]\s*[{\[\"]", start) else WhyNot.NO_TIMES)


def _readable(clock: Clock | None) -> bool:
    return clock is not None and clock is not UNREADABLE


def _is_srt(found: Blocks) -> bool:
    """Without a header: SRT writes a comma before the milliseconds, or at least numbers its cues."""
    if found.header:
        return False
    marks = Counter("," if cue.comma else cue.id.isdigit() for cue in found.cues)
    return 2 * (marks[","] + marks[True]) > len(found.cues)


def is_teams(found: Blocks) -> bool:
    """Whether at least half of the cues carry the ids that Teams gives."""
    return 2 * sum(is_teams_id(cue.id) for cue in found.cues) >= len(found.cues)

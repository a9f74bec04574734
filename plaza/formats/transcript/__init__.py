"""Transcripts: WebVTT, SRT, SBV, YouTube's panel, Zoom's and Teams' captions → who said what, when.

`read` looks at the content alone, never at a file's name. The scanner is ours and feeds on
lines. webvtt-py and srt were measured first and hold only for files that are what they say:
webvtt-py raises without a header and finds no cue at all, silently, where the milliseconds follow
a comma; srt takes `00:01.000` for a minute; neither tells which line it left out. Here each line of
the file ends in a segment, in the structure (header, note, cue id, time), or in `put_aside` with
its number and the reason.

What is decided for files that leave it open:
- a cue that begins before an earlier one is kept; segments are sorted by start, ties in file order;
- a cue that stands twice (same times, same words: a file pasted twice) is kept once;
- a fraction of a second is decimal: `7.2` is 7.200;
- a time that cannot be read for sure is not guessed: its words are put aside.
"""

from plaza.formats.transcript.reading import read
from plaza.formats.transcript.records import (
    NotATranscript,
    PutAside,
    Segment,
    Transcript,
    WhyAside,
    WhyNot,
    as_json,
)

__all__ = ["NotATranscript", "PutAside", "Segment", "Transcript", "WhyAside", "WhyNot", "as_json", "read"]

"""A recording as a page reads it: turns of speakers, what is to be marked, which part of a long one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from plaza.knowledge.domain.speakers import speakers_of
from plaza.knowledge.models import Recording, Segment, Transcript

# A page of words: some half an hour of talk, about 20 KB on the line.
SEGMENTS_A_PART: Final = 500


@dataclass(frozen=True, slots=True)
class Moment:
    """From one second to another, both in the recording; `t=62.5,70` in an address."""

    start: float
    end: float | None = None

    @classmethod
    def parse(cls, words: str) -> "Moment | None":
        """None for anything that is not a moment: addresses are typed by anybody."""
        first, _, second = words.partition(",")
        try:
            start, end = float(first), float(second) if second else None
        except ValueError:
            return None
        if not 0 <= start < 1e6 or (end is not None and not start < end < 1e6):
            return None
        return cls(start, end)


@dataclass(frozen=True, slots=True)
class Line:
    segment: Segment
    is_marked: bool
    # `t=12.4`, the anchor of the line; a line that begins with another one has none of its own.
    anchor: str


@dataclass(frozen=True, slots=True)
class Turn:
    speaker: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Reading:
    transcript: Transcript
    turns: list[Turn]
    part: int
    parts: int

    @property
    def before(self) -> int | None:
        return self.part - 1 if self.part > 1 else None

    @property
    def after(self) -> int | None:
        return self.part + 1 if self.part < self.parts else None


def read(recording: Recording, *, moment: Moment | None = None, part: int = 1) -> Reading | None:
    """The part that holds the moment, else the one asked for. None where no words were kept.

    Costs four queries at most, however long the recording is.
    """
    transcript = recording.transcript
    if transcript is None:
        return None
    count = transcript.segments.count()
    parts = max(1, -(-count // SEGMENTS_A_PART))
    if moment is not None:
        earlier = transcript.segments.filter(start__lte=moment.start).count() if parts > 1 else 0
        part = max(0, earlier - 1) // SEGMENTS_A_PART + 1
    part = min(max(part, 1), parts)
    first = (part - 1) * SEGMENTS_A_PART
    segments = list(transcript.segments.select_related("person")[first : first + SEGMENTS_A_PART])
    return Reading(transcript, _turns(segments, moment), part, parts)


def _turns(segments: Sequence[Segment], moment: Moment | None) -> list[Turn]:
    seen: set[str] = set()
    lines = []
    for segment in segments:
        anchor = f"t={segment.start:g}"
        lines.append(Line(segment, _is_in(segment, moment), "" if anchor in seen else anchor))
        seen.add(anchor)
    speakers = speakers_of(segments)
    return [Turn(who, list(said)) for who, said in groupby(lines, key=lambda line: speakers[line.segment.pk])]


def _is_in(segment: Segment, moment: Moment | None) -> bool:
    if moment is None:
        return False
    if moment.end is None:
        return segment.start <= moment.start < segment.end
    return segment.start < moment.end - 0.005 and segment.end > moment.start + 0.005

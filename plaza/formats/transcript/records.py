"""What a transcript is once it is read, and the closed lists of reasons for what is not in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from plaza.core.languages import Language
from plaza.formats.refusal import Refused, gettext_noop

Format = Literal["vtt", "srt", "sbv", "youtube-panel", "zoom-vtt", "teams-vtt", "youtube-vtt"]


class WhyNot(StrEnum):
    """Why a file is not a transcript: msgids, whole sentences for the person who sent it."""

    EMPTY = gettext_noop("The file is empty.")
    ARCHIVE = gettext_noop("This is an archive, not a transcript: send the VTT or SRT file that is in it.")
    DOCUMENT = gettext_noop("This is a formatted document, not a transcript: save it as plain text.")
    BINARY = gettext_noop("This is not text, so it is not a transcript: send captions, not the recording.")
    MARKUP = gettext_noop("This is a web page, not a transcript: save the captions as VTT or SRT.")
    DATA = gettext_noop("This is a JSON file, not a transcript: save the captions as VTT or SRT.")
    CHAT = gettext_noop("This is a saved chat, not a transcript.")
    NO_TIMES = gettext_noop("This is not a transcript: no times were found in it.")
    NO_WORDS = gettext_noop("The transcript is empty: no words were found in it.")


class NotATranscript(Refused):
    """The bytes are not a transcript, or hold no word that has a time. `why` is a WhyNot."""

    reasons = WhyNot


class WhyAside(StrEnum):
    """Why a line is in no segment: msgids."""

    END_BEFORE_START = gettext_noop("end before start")
    NO_WORDS = gettext_noop("no words")
    NO_TIME = gettext_noop("no time")
    UNREADABLE_TIME = gettext_noop("time not readable")
    SAID_TWICE = gettext_noop("the same cue twice")


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` and `end` in seconds from the beginning, three decimals; the words on one line."""

    start: float
    end: float
    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class PutAside:
    """One line of the file (counted from 1, as an editor does) that is in no segment."""

    line: int
    text: str
    why: WhyAside


@dataclass(frozen=True, slots=True)
class Transcript:
    """Segments sorted by start, speakers in the order of their first words, `put_aside` by line.

    `duration` is the largest end, in seconds; `language` is None under three words.
    """

    format: Format
    language: Language | None
    duration: float
    speakers: tuple[str, ...]
    segments: tuple[Segment, ...]
    put_aside: tuple[PutAside, ...]


def as_json(transcript: Transcript) -> dict[str, Any]:
    """What `plaza read transcript --json` prints: plain dicts, lists, numbers and strings."""
    segments = [
        {"start": said.start, "end": said.end, "speaker": said.speaker, "text": said.text}
        for said in transcript.segments
    ]
    aside = [{"line": left.line, "text": left.text, "why": str(left.why)} for left in transcript.put_aside]
    return {
        "format": transcript.format,
        "language": transcript.language,
        "duration": transcript.duration,
        "speakers": list(transcript.speakers),
        "segments": segments,
        "put_aside": aside,
    }

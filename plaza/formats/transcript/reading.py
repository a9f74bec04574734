"""From bytes to a transcript, step by step."""

from collections.abc import Iterator, Sequence

from plaza.formats.decode import decode
from plaza.formats.language import language_of
from plaza.formats.transcript.blocks import Blocks, Cue
from plaza.formats.transcript.detect import is_teams, refuse_bytes, scan_any
from plaza.formats.transcript.lines import lines_of
from plaza.formats.transcript.records import Format, NotATranscript, Segment, Transcript, WhyAside, WhyNot
from plaza.formats.transcript.rolling import collapse
from plaza.formats.transcript.speakers import by_marks, by_name, names_throughout
from plaza.formats.transcript.words import plain, voices


def read(data: bytes) -> Transcript:
    """The transcript in `data`, whatever its encoding and whatever its name said.

    Linear in the size of the file: ten hours (36,000 cues) take about a second.
    Raises NotATranscript, with a sentence for the person who sent the file.
    """
    refuse_bytes(data)
    text = decode(data)
    kind, found = scan_any(text, lines_of(text))
    cues = _sound(found)
    rolls = collapse(cues)
    names = names_throughout([_opening(cue) for cue in cues])
    segments = sorted(_segments(found, cues, names), key=lambda said: said.start)
    if not segments:
        raise NotATranscript(WhyNot.NO_WORDS)
    return Transcript(
        format=_who_made_it(kind, found, rolls=rolls, named=bool(names)),
        language=language_of(found.language, [said.text for said in segments]),
        duration=max(said.end for said in segments),
        speakers=tuple(dict.fromkeys(said.speaker for said in segments if said.speaker)),
        segments=tuple(segments),
        put_aside=tuple(sorted(found.put_aside, key=lambda left: left.line)),
    )


def _sound(found: Blocks) -> list[Cue]:
    """The cues that can be shown; the others are put aside with their reason."""
    sound: list[Cue] = []
    seen: set[tuple[object, ...]] = set()
    for cue in found.cues:
        said = (cue.start, cue.end, *(row.text for row in cue.rows))
        if cue.end < cue.start:
            found.cue_aside(cue, WhyAside.END_BEFORE_START)
        elif not any(plain(row.text) for row in cue.rows):
            found.cue_aside(cue, WhyAside.NO_WORDS)
        elif said in seen:
            found.cue_aside(cue, WhyAside.SAID_TWICE)
        else:
            seen.add(said)
            sound.append(cue)
    return sound


def _opening(cue: Cue) -> str:
    return " ".join(plain(row.text) for row in cue.rows[:2])[:200].strip()


def _segments(found: Blocks, cues: Sequence[Cue], names: frozenset[str]) -> Iterator[Segment]:
    """One segment a cue; more where the file says that somebody else begins inside it."""
    carried: str | None = None  # the last name after `>>`: it holds until the next `>>`
    for cue in cues:
        pieces, carried = _pieces(cue, names, carried)
        if not pieces and any(plain(row.text) for row in cue.rows):
            # A name or a mark with nothing behind it.
            found.cue_aside(cue, WhyAside.NO_WORDS)
        for who, parts in pieces:
            yield Segment(cue.start / 1000, cue.end / 1000, who, " ".join(parts))


def _pieces(
    cue: Cue, names: frozenset[str], carried: str | None
) -> tuple[list[tuple[str | None, list[str]]], str | None]:
    """The words of a cue by speaker, and the `>>` name in force after it."""
    pieces: list[tuple[str | None, list[str]]] = []
    speaking = carried
    for row in cue.rows:
        for voice, written in voices(row.text):
            speaking = voice or speaking
            for changed, marked, said in by_marks(plain(written)):
                if changed:
                    speaking = carried = marked
                called, words = by_name(said, names)
                speaking = called or speaking
                if words and pieces and not changed and pieces[-1][0] == speaking:
                    pieces[-1][1].append(words)
                elif words:
                    pieces.append((speaking, [words]))
    return pieces, carried


def _who_made_it(kind: Format, found: Blocks, *, rolls: bool, named: bool) -> Format:
    if kind != "vtt":
        return kind
    if rolls:
        return "youtube-vtt"
    if is_teams(found):
        return "teams-vtt"
    return "zoom-vtt" if named and found.header else "vtt"

"""What was said or written, in passages of some hundred words that end where a sentence ends."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Protocol

from plaza.core.languages import Language
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.text import CLOSES, Span, is_question, quotable, titled

ENOUGH_WORDS: Final = 80
MOST_WORDS: Final = 130
# A new speaker begins a new passage once this much has been said.
SOMETHING_SAID: Final = 40
LONGEST_CHARACTERS: Final = 2400


class Spoken(Protocol):
    start: float
    end: float
    speaker_label: str
    text: str


def passages_of(
    segments: Sequence[Spoken],
    language: Language,
    audience: str,
    *,
    context: str = "",
    headings: Sequence[tuple[str, Language]] = (),
) -> list[NewPassage]:
    """Passages in order; every segment is in exactly one of them."""
    return [
        replace(_passage(group, language, audience), context=context, headings=headings) for group in _groups(segments)
    ]


def told_passages(title: str, text: str, language: Language, audience: str) -> list[NewPassage]:
    """A text of no places under its title, which begins the first passage and is the context of the others."""
    whole = titled(title, text)
    groups: list[str] = []
    begin, words = 0, 0
    for span in quotable(whole):
        words += len(whole[span.start : span.end].split())
        if words >= ENOUGH_WORDS:
            groups.append(whole[begin : span.end].strip())
            begin, words = span.end, 0
    if rest := whole[begin:].strip():
        groups.append(rest)
    return [
        NewPassage(text=group, language=language, audience=audience, context=title if number else "")
        for number, group in enumerate(groups)
    ]


def _groups(segments: Sequence[Spoken]) -> Iterator[list[Spoken]]:
    group: list[Spoken] = []
    words = characters = 0
    for segment in segments:
        if group and (
            words >= MOST_WORDS
            or characters + len(segment.text) > LONGEST_CHARACTERS
            or _may_part(group[-1], segment, words)
        ):
            yield group
            group, words, characters = [], 0, 0
        group.append(segment)
        words += len(segment.text.split())
        characters += len(segment.text) + 1
    if group:
        yield group


def _may_part(before: Spoken, after: Spoken, words: int) -> bool:
    """A question stays with its answer: no passage ends with one, and one asked by another begins a new passage."""
    said = before.text.rstrip()
    if is_question(said):
        return False
    if after.speaker_label != before.speaker_label:
        return words >= SOMETHING_SAID
    return words >= ENOUGH_WORDS and said.endswith(CLOSES)


def _turns(group: list[Spoken], begins: list[int], length: int) -> list[tuple[int, int]]:
    """Where each speaker's words begin and end in the passage: nobody is quoted with the words of another."""
    starts = [
        begin
        for number, begin in enumerate(begins)
        if number == 0 or group[number].speaker_label != group[number - 1].speaker_label
    ]
    return list(pairwise([*starts, length]))


def _passage(group: list[Spoken], language: Language, audience: str) -> NewPassage:
    text = ""
    begins: list[int] = []
    for segment in group:
        text += " " if text else ""
        begins.append(len(text))
        text += segment.text
    spans = [
        Span(start + span.start, start + span.end)
        for start, end in _turns(group, begins, len(text))
        for span in quotable(text[start:end])
    ]
    places = [group[bisect_right(begins, span.start) - 1].start for span in spans]
    return NewPassage(
        text=text,
        language=language,
        start=group[0].start,
        end=max(segment.end for segment in group),
        spans=spans,
        sentence_places=places,
        audience=audience,
    )

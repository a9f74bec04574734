"""No line is lost: whatever the file, its words are in a segment or put aside with their number."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from plaza.formats.transcript import NotATranscript, Transcript, WhyNot, as_json, read

TIMES = [
    "00:00:01.000 --> 00:00:02.000",
    "00:00:02,000 --> 00:00:03,000",
    "00:09.000 --> 00:05.000",
    "00:00:07.000 --> 00:00:1d.000",
    "00:00:07.000 -->",
    "0:57",
    "0:00:01.000,0:00:02.000",
    "0:00:01.f00,0:00:02.000",
]
EMPTY = ["", " ", "<c></c>", ">>", "7", "2"]
WORDS = [
    "dice algo palabra{}",
    "<v Ana>dice palabra{}</v>",
    "<00:00:01.500><c>dice</c> palabra{}",
    ">> LUIS: dice palabra{}",
    "Ana Prueba: dice palabra{}",
    "- dice palabra{} &amp; calla",
    "{{\\an8}}dice palabra{}",
    "dice --> palabra{}",
    "10:30 dice palabra{}",
    "x < palabra{} [Música]",
]
AWKWARD = st.lists(st.sampled_from(TIMES + EMPTY + WORDS), min_size=1, max_size=30)


def written(lines: list[str]) -> list[str]:
    """The lines, each with a word of its own."""
    return [line.format(number) for number, line in enumerate(lines, start=1)]


def words_of(transcript: Transcript) -> set[str]:
    texts = [said.text for said in transcript.segments] + [left.text for left in transcript.put_aside]
    return {word for text in texts for word in re.findall(r"palabra\d+", text)}


@settings(deadline=None, max_examples=400)
@given(AWKWARD, st.sampled_from([("", "\n"), ("", "\r\n"), ("", "\n\n"), ("WEBVTT\n\n", "\n")]))
def test_every_line_with_words_is_in_a_segment_or_put_aside(lines: list[str], ends: tuple[str, str]):
    header, end = ends
    # Under a header, the line above the times is a name of the cue and no words: a row keeps them apart.
    lines = [part for line in lines for part in (["<c></c>", line] if header and line in TIMES else [line])]
    text = header + end.join(written(lines))
    try:
        transcript = read(text.encode())
    except NotATranscript as refusal:
        assert refusal.why in WhyNot  # noqa: PT017 - a refusal is one of two true endings
        return

    expected = {f"palabra{number}" for number, line in enumerate(lines, start=1) if "palabra" in line}
    assert words_of(transcript) == expected


@settings(deadline=None, max_examples=200)
@given(AWKWARD)
def test_what_is_put_aside_stands_on_the_line_that_is_named(lines: list[str]):
    text = written(lines)
    try:
        transcript = read("\n".join(text).encode())
    except NotATranscript:
        return

    assert [left for left in transcript.put_aside if left.text != text[left.line - 1].strip()] == []


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(TIMES + EMPTY + WORDS) | st.text(max_size=20), max_size=20),
    st.binary(max_size=9),
)
def test_any_lines_and_bytes_give_a_transcript_or_a_refusal(lines: list[str], noise: bytes):
    text = "\n".join(lines)
    data = text.encode("utf-8", "surrogatepass") + noise
    try:
        transcript = read(data)
    except NotATranscript:
        return

    printed = json.dumps(as_json(transcript), ensure_ascii=False).encode()
    assert json.loads(printed) == as_json(transcript)
    assert list(transcript.segments) == sorted(transcript.segments, key=lambda said: said.start)

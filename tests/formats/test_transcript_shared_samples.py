"""Captions of real meetings and the odd ones of webvtt-py's tests, where they are at hand."""

from pathlib import Path

import pytest

from plaza.formats.transcript import NotATranscript, WhyNot, read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
ODD = sorted((SHARED / "transcripts" / "odd").glob("*"))
REAL = sorted((SHARED / "transcripts" / "dev").glob("*"))
EXPORTS = sorted(path for end in ("vtt", "sbv", "txt") for path in (SHARED / "formats").glob(f"*.{end}"))

pytestmark = pytest.mark.skipif(not ODD, reason="the samples of ../shared are not here")

REFUSED = {
    "empty.vtt": WhyNot.EMPTY,
    "invalid_format.sbv": WhyNot.NO_TIMES,
    "invalid_format1.srt": WhyNot.NO_TIMES,
    "invalid_format2.srt": WhyNot.NO_TIMES,
    "invalid_format3.srt": WhyNot.NO_TIMES,
    "invalid_format4.srt": WhyNot.NO_WORDS,
    "no_captions.vtt": WhyNot.NO_WORDS,
    "zoom_saved_chat.txt": WhyNot.CHAT,
}
# Cues as their authors count them, for the files that can be counted.
CUES = {
    "huntsville_2026-07-10_budget_captions_en.vtt": 565,
    "medellin_acta349_synthetic_timing_es.vtt": 1368,
    "medellin_2025-11-12_youtube_format_es.txt": 20,
    "hf_course_02_en.srt": 129,
    "hf_course_02_fr.srt": 129,
    "hf_course_75_en.srt": 73,
    "hf_course_75_fr.srt": 33,
    **{f"pmpc_{language}.vtt": 80 for language in ("en", "es", "fr", "pt")},
    **{f"tico19_parallel_{language}.vtt": 120 for language in ("en", "es", "fr", "pt")},
}


@pytest.mark.parametrize("path", [*ODD, *EXPORTS], ids=lambda path: path.name)
def test_an_odd_file_gives_segments_or_one_clear_refusal(path: Path):
    if path.name in REFUSED:
        with pytest.raises(NotATranscript) as caught:
            read(path.read_bytes())
        assert caught.value.why == REFUSED[path.name]
    else:
        assert read(path.read_bytes()).segments != ()


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_transcript_gives_every_cue_in_its_language(path: Path):
    transcript = read(path.read_bytes())

    assert (len(transcript.segments), transcript.language, transcript.put_aside) == (
        CUES[path.name],
        path.stem[-2:],
        (),
    )

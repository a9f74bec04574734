"""Files that are damaged, mislabelled, enormous, or something else altogether."""

import io
import json
import random
import zipfile

import pytest

from plaza.formats.transcript import NotATranscript, PutAside, Segment, WhyAside, WhyNot, read

CUE = "00:00:01.000 --> 00:00:02.000\nUna frase del taller.\n"
FIRST = Segment(1.0, 2.0, None, "Una frase del taller.")


def segments(text: str) -> tuple[Segment, ...]:
    return read(text.encode()).segments


def refusal(data: bytes) -> WhyNot:
    with pytest.raises(NotATranscript) as caught:
        read(data)
    assert isinstance(caught.value.why, WhyNot)
    return caught.value.why


def zip_file() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("captions.vtt", "WEBVTT\n\n" + CUE)
    return held.getvalue()


NOT_TRANSCRIPTS = {
    "empty file": (b"", WhyNot.EMPTY),
    "blank lines": (b" \r\n\xef\xbb\xbf\r\n", WhyNot.EMPTY),
    "binary noise": (random.Random(7).randbytes(200_000), WhyNot.BINARY),
    "zip file": (zip_file(), WhyNot.ARCHIVE),
    "pdf": (b"%PDF-1.7\n1 0 obj", WhyNot.DOCUMENT),
    "html page": (b"<!DOCTYPE html>\n<html><body>\n10:30 Apertura\n</body></html>", WhyNot.MARKUP),
    "json": (json.dumps({"start": "00:00:01.000", "text": "hola"}).encode(), WhyNot.DATA),
    "prose with an hour": (b"Acta.\n10:30 Apertura\n" + b"Se habla de agua.\n" * 9, WhyNot.NO_TIMES),
    "saved chat": (b"10:02:11\t From  Ana Prueba : Hola\n10:03:00 From Luis to Everyone:\n", WhyNot.CHAT),
    "header alone": (b"WEBVTT", WhyNot.NO_WORDS),
    "times without words": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", WhyNot.NO_WORDS),
    "truncated utf-16": (b"\xff\xfe1", WhyNot.NO_TIMES),
}


@pytest.mark.parametrize("name", NOT_TRANSCRIPTS)
def test_something_else_is_refused_with_the_reason(name: str):
    data, why = NOT_TRANSCRIPTS[name]

    assert refusal(data) == why


def test_each_reason_is_a_sentence_for_a_person():
    assert [str(why) for why in WhyNot if not (why[0].isupper() and why.endswith("."))] == []


@pytest.mark.parametrize(
    "times",
    [
        "00:00:01.000 --> 00:00:02.000",
        "00:01.000 --> 00:02.000",
        "00:00:01,000 --> 00:00:02,000",
        "0:0:1.0 --> 0:0:2.0",
        "00:00:01 --> 00:00:02",
        "00: 00: 01,000 -> 00: 00: 02,000",
        "00:01.000-->00:02.000 line:0 align:start position:10%,line-left",
        "[00:01.000 --> 00:02.000]",
        "1 00:00:01,000 --> 00:00:02,000",
        "\u200e00:00:01.000 --> 00:00:02.000\u200f",
        "00:00:01.000 --&gt; 00:00:02.000",
    ],
)
@pytest.mark.parametrize("header", ["WEBVTT\n\n", ""])
def test_times_written_in_any_usual_way_are_read(header: str, times: str):
    assert segments(f"{header}{times}\nUna frase del taller.\n") == (FIRST,)


def test_comma_milliseconds_under_a_webvtt_header_are_webvtt():
    transcript = read(("WEBVTT\n\n" + CUE.replace(".000", ",000")).encode())

    assert (transcript.format, transcript.segments) == ("vtt", (FIRST,))


def test_srt_is_srt_whatever_it_is_named():
    assert read(b"1\n00:00:01,000 --> 00:00:02,000\nUna frase del taller.\n").format == "srt"
    assert read(b"1\n00:00:01.000 --> 00:00:02.000\nUna frase del taller.\n").format == "srt"


def test_a_comma_in_the_settings_of_a_cue_does_not_make_it_srt():
    assert read(CUE.replace("2.000", "2.000 position:10%,line-left").encode()).format == "vtt"


def test_words_on_the_line_of_the_times_are_kept():
    assert segments(CUE.replace("\n", " ", 1)) == (FIRST,)


def test_an_empty_line_between_times_and_words_is_forgiven():
    assert segments("WEBVTT\n\n" + CUE.replace("\n", "\n\n", 1)) == (FIRST,)


def test_doubled_line_ends_are_undone_and_line_numbers_stay():
    text = "1\n" + CUE + "\n2\n00:00:05,000 --> 00:00:04,000\nTarde.\n"

    transcript = read(text.replace("\n", "\r\r\n").encode())

    assert transcript.segments == (FIRST,)
    assert [(left.line, left.text) for left in transcript.put_aside] == [
        (11, "00:00:05,000 --> 00:00:04,000"),
        (13, "Tarde."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_machine_are_read(end: str):
    assert segments(("WEBVTT\n\n" + CUE).replace("\n", end)) == (FIRST,)


def test_numbers_without_empty_lines_between_cues_are_ids_and_spoken_numbers_are_words():
    text = "1\n00:01,000 --> 00:02,000\nSomos\n25\n2\n00:02,000 --> 00:03,000\nHola\n"

    assert [said.text for said in segments(text)] == ["Somos 25", "Hola"]


def test_what_has_no_place_in_time_is_put_aside_with_its_line():
    text = (
        "WEBVTT\n\n" + CUE + "\n"
        "Nadie dice cuándo.\n\n"
        "00:00:03.000 --> 00:00:04.000\n\n"
        "00:00:09.000 --> 00:00:08.000\nAntes de empezar.\n\n"
        "00:00:10.000 --> 00:00:1d.000\nCon letra.\n\n"
        "00:00:11.000 --> 0"
    )

    assert read(text.encode()).put_aside == (
        PutAside(6, "Nadie dice cuándo.", WhyAside.NO_TIME),
        PutAside(8, "00:00:03.000 --> 00:00:04.000", WhyAside.NO_WORDS),
        PutAside(10, "00:00:09.000 --> 00:00:08.000", WhyAside.END_BEFORE_START),
        PutAside(11, "Antes de empezar.", WhyAside.END_BEFORE_START),
        PutAside(13, "00:00:10.000 --> 00:00:1d.000", WhyAside.UNREADABLE_TIME),
        PutAside(14, "Con letra.", WhyAside.UNREADABLE_TIME),
        PutAside(16, "00:00:11.000 --> 0", WhyAside.UNREADABLE_TIME),
    )


def test_cues_that_go_back_in_time_are_kept_and_sorted():
    second, first, third = (
        "00:05.000 --> 00:06.000\nSegunda",
        "00:01.000 --> 00:08.000\nPrimera",
        "00:05.000 --> 00:06.000\nTercera",
    )

    assert segments("\n\n".join([second, first, third])) == (
        Segment(1.0, 8.0, None, "Primera"),
        Segment(5.0, 6.0, None, "Segunda"),
        Segment(5.0, 6.0, None, "Tercera"),
    )


def test_a_file_pasted_twice_says_everything_once():
    once = "WEBVTT\n\n1\n" + CUE

    transcript = read((once + once).encode())

    assert transcript.segments == (FIRST,)
    assert transcript.put_aside == (
        PutAside(9, "00:00:01.000 --> 00:00:02.000", WhyAside.SAID_TWICE),
        PutAside(10, "Una frase del taller.", WhyAside.SAID_TWICE),
    )


def test_speech_that_repeats_itself_in_a_file_that_does_not_roll_is_kept():
    text = "".join(f"00:0{second}.000 --> 00:0{second + 1}.000\nno, no, no\n\n" for second in range(5))

    assert [said.text for said in segments(text)] == ["no, no, no"] * 5


def test_labels_before_a_colon_in_a_file_without_names_are_no_speakers():
    text = "".join(
        f"00:0{second}.000 --> 00:0{second + 1}.000\n{words}\n\n"
        for second, words in enumerate(["Note: this", "At 10:30 we eat", "See https://example.org", "Good"])
    )

    assert [said.speaker for said in segments(text)] == [None] * 4


def test_nul_bytes_and_zero_width_marks_leave_the_words():
    times, words = "00:00:01.000\x00 --> \u200b00:00:02.000", "Una \u202efrase\x00 del\ufeff taller."

    assert segments(f"\x00WEBVTT\n\n{times}\n{words}\n\x00\x00") == (FIRST,)


def test_lone_surrogates_become_the_mark_of_a_lost_letter():
    assert segments(CUE + "&#xD800;")[0].text == "Una frase del taller. \ufffd"
    assert read(CUE.encode() + b"a\xed\xa0\x80\xc3\xb1").segments[0].text == "Una frase del taller. a\ufffdñ"
    assert read((CUE + "\ud800").encode("utf-16-le", "surrogatepass")).segments[0].text[-1] == "\ufffd"


def test_entities_of_absurd_length_stay_as_they_are_written():
    written = "&#" + "9" * 5000 + ";"

    assert segments(CUE + written)[0].text == f"Una frase del taller. {written}"


@pytest.mark.parametrize("piece", ["a", "<c a", "<v ", "{\\", "&a", ">> a ", "-->", "([", "Ana: ", " \t"])
def test_a_line_of_a_megabyte_is_read(piece: str):
    line = piece * (1_000_000 // len(piece))

    assert segments(f"WEBVTT\n\n{CUE}{line}\n")[0].start == 1.0


def test_ten_hours_of_cues_are_read_whole():
    clocks = [f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(36_000)]
    cues = [f"{clock}.000 --> {clock}.900\nla ciudad y el río {n}\n" for n, clock in enumerate(clocks)]

    transcript = read("\n".join(cues).encode())

    assert (len(transcript.segments), transcript.duration, transcript.language, transcript.put_aside) == (
        36_000,
        35_999.9,
        "es",
        (),
    )

"""One sentence in every encoding that meeting tools write."""

import pytest

from plaza.formats.decode import decode
from plaza.formats.transcript import Segment, read

SENTENCE = "¿Dónde está el año? São João, l'été."
FILE = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{SENTENCE}\n"


@pytest.mark.parametrize(
    "data",
    [
        FILE.encode("utf-8"),
        FILE.encode("utf-8-sig"),
        FILE.encode("utf-16"),
        FILE.encode("utf-16-le"),
        FILE.encode("utf-16-be"),
        b"\xfe\xff" + FILE.encode("utf-16-be"),
        FILE.encode("utf-32"),
        FILE.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8-mark",
        "utf-16",
        "utf-16-le-bare",
        "utf-16-be-bare",
        "utf-16-be",
        "utf-32",
        "cp1252",
    ],
)
def test_every_encoding_gives_the_same_words(data: bytes):
    assert read(data).segments == (Segment(1.0, 2.0, None, SENTENCE),)


def test_a_cp1252_letter_pasted_into_utf8_does_not_spoil_the_rest():
    assert decode("São João ".encode() + b"a\xf1o") == "São João año"


def test_a_cut_last_letter_does_not_make_a_utf8_file_cp1252():
    assert decode("São João é".encode()[:-1]).startswith("São João ")


def test_every_single_byte_decodes_to_something_that_can_be_written_again():
    assert [byte for byte in range(256) if not isinstance(decode(bytes([byte])).encode(), bytes)] == []

import pytest

from plaza.core.plain import plain_line, plain_text


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("  Ana\r\nBcc: x@example.org ", "Ana Bcc: x@example.org"),
        ("\u202eevil\u202c Ana\u200f", "evil Ana"),
        ("Ana\x00\x1b[31m", "Ana [31m"),
        ("José\u0301 👩‍💻", "José\u0301 👩‍💻"),
        ("\ufeff\u2066x\u2069", "x"),
        ("a\u2028b", "a b"),
    ],
)
def test_a_line_keeps_its_letters_and_loses_what_controls(given, line):
    assert plain_line(given) == line


def test_a_text_keeps_its_lines():
    assert plain_text("uno\r\ndos\rtres\n\n\u202ecuatro\x07\n") == "uno\ndos\ntres\n\ncuatro"

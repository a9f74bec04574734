"""Text → numbered lines, as an editor numbers them."""

from typing import NamedTuple


class Line(NamedTuple):
    """A line of the file; `number` counts from 1."""

    number: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of `text` with Unix, Windows or old Mac ends.

    Not str.splitlines: it also breaks at form feeds and U+2028, and editors do not count those.
    A file whose every second line is empty had its line ends doubled on the way (CR CR LF is the
    usual cause); the doubles are left out, so that an empty line means the end of a cue again.
    """
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [Line(number, text) for number, text in enumerate(texts, start=1)]
    while lines and not lines[-1].text.strip():
        lines.pop()
    for odd in (0, 1):
        if len(lines) > 4 and not any(line.text.strip() for line in lines[odd::2]):
            return lines[1 - odd :: 2]
    return lines

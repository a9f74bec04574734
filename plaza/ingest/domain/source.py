"""The text of a page: read apart, by lines, and known again by its words."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.page.lines import LINE_END, lines_of
from plaza.formats.page.shapes import is_detail

SECONDS: Final = 60.0
MEGABYTES: Final = 1024
# Fewer are a label: "Download the summary here."
FEWEST_WORDS: Final = 8
MOST_WORDS_OF_A_PAGE: Final = 4000


def read_apart(data: bytes) -> dict[str, Any]:
    """What a page says (plaza.formats.page), read in a process of its own. Raises Refused."""
    return read_in_sandbox("page", data, seconds=SECONDS, megabytes=MEGABYTES)


def text_lines(text: str) -> list[str]:
    """As the reader counts them."""
    return LINE_END.split(text)


def face(lines: list[str]) -> str:
    """The same for the same words, whatever stands between them."""
    words = " ".join(re.findall(r"\w+", fold(" ".join(lines))))
    return hashlib.sha256(words.encode()).hexdigest()


def told_words(lines: Sequence[str], first: int, last: int, besides: Iterable[int]) -> str:
    """The running text of these lines of a page as one paragraph, without the lines of `besides` (titles, sessions), lists of
    people and rows of links: what the page says of a meeting in its own words."""
    taken = set(besides)
    stretch = "\n".join(lines[first - 1 : last])
    said = [
        line.text
        for line in lines_of(stretch)
        if line.number + first - 1 not in taken and not line.bullet and len(line.words) >= FEWEST_WORDS
        and not (line.may_be_heading and is_detail(line))
    ]  # fmt: skip
    return " ".join(said)[:MOST_WORDS_OF_A_PAGE]

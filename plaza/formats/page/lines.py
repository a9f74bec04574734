"""A page as lines, each with what its shape says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import Said, said_in

BULLET: Final = re.compile(r"^\s*(?:[•●▪◦‣·*–—»>■□✓➤-]|o(?=\s{2,}))\s+|^\s*[A-Za-z]\)\s+")
MARKDOWN_HEADING: Final = re.compile(r"^\s*#{1,6}\s+")
EMPHASIS: Final = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\$")
MARKDOWN_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
LINE_END: Final = re.compile(r"\r\n|\r|\n")
ENDS_A_SENTENCE: Final = re.compile(r"[.;,]$")
LONGEST_HEADING: Final = 200
MOST_HEADING_WORDS: Final = 28


@dataclass
class Line:
    """`number` counts from 1 as the file has it. `text` is without bullet, markdown and spaces around."""

    number: int
    raw: str
    text: str
    bullet: bool = False
    level: int = 0
    blanks_before: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def dates(self) -> list[Said]:
        """Asked for at every step; found once."""
        return said_in(self.folded)

    @cached_property
    def words(self) -> list[str]:
        return re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", self.folded)

    @cached_property
    def is_prose(self) -> bool:
        """Running text: long, or a sentence that ends and is no title."""
        count = len(self.words)
        if count > MOST_HEADING_WORDS or len(self.text) > LONGEST_HEADING:
            return True
        inner = re.search(r"[a-zà-ÿ)»”\"0-9][.!?…] +[A-ZÀ-Ý¿¡«“]", self.text)
        ends = self.text.endswith((".", "…"))
        return count >= 9 and ((ends and (inner is not None or count > 14)) or (inner is not None and count >= 16))

    @cached_property
    def may_be_heading(self) -> bool:
        if self.bullet or self.is_prose or not self.words:
            return False
        if self.level:
            return True
        begins = re.match(r"[¿¡«“\"'(]*[A-ZÀ-Ý0-9]", self.text) is not None
        return begins and not ENDS_A_SENTENCE.search(self.text.rstrip('»”"')) and not self.text.endswith(":")


def lines_of(text: str) -> list[Line]:
    """The lines with something on them, in order."""
    found: list[Line] = []
    blanks = 0
    for number, raw in enumerate(LINE_END.split(text), 1):
        bare, links = _without_links(raw)
        level = 0
        if match := MARKDOWN_HEADING.match(bare):
            level, bare = match[0].count("#"), bare[match.end() :]
        bullet = BULLET.match(bare)
        plain = EMPHASIS.sub("", bare[bullet.end() :] if bullet else bare)
        plain = re.sub(r"<[^<>]{0,200}>", " ", plain)
        plain = " ".join(plain.split()).strip("#").strip()
        if not plain or not any(letter.isalnum() for letter in plain):
            blanks += 1
            continue
        found.append(Line(number, raw, plain, bullet is not None, level, blanks, links))
        blanks = 0
    return found


def _without_links(raw: str) -> tuple[str, list[tuple[str, str]]]:
    links = [(match[1], match[2]) for match in MARKDOWN_LINK.finditer(raw) if not match[0].startswith("!")]
    return MARKDOWN_LINK.sub(lambda match: "" if match[0].startswith("!") else match[1], raw), links


def span(lines: Sequence[Line]) -> list[int]:
    return [lines[0].number, lines[-1].number]

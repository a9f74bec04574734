"""HTML as lines of text, with the structure that a reader of lines understands: headings, items, links, empty lines.

Nothing is built of the tags: however deep they are nested, it costs one pass.
"""

import re
from html.parser import HTMLParser
from typing import Final

from plaza.formats.page.vocabulary import words

# Begin and end a line of their own; those with space around them leave an empty line.
BLOCKS: Final = words("html blocks")
APART: Final = words("html blocks apart")
SILENT: Final = words("html silent")
NEVER_CLOSED: Final = words("html never closed")
MARKUP: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ul|table|article|section)[\s>]", re.IGNORECASE
)
LONGEST_ADDRESS: Final = 500


def text_of(markup: str) -> str:
    """The words of a page of HTML, a block a line."""
    parser = _Lines()
    parser.feed(markup)
    parser.close()
    return parser.text()


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._words: list[str] = []
        self._silent: list[str] = []
        self._prefix = ""
        self._link: str | None = None
        self._label: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            if tag in SILENT and tag == self._silent[-1]:
                self._silent.append(tag)
            return
        if tag in SILENT:
            self._silent.append(tag)
        elif tag in BLOCKS:
            self._end_line(apart=tag in APART)
            if tag == "li":
                self._prefix = "• "
            elif tag[0] == "h" and tag[1:].isdigit():
                self._prefix = "#" * int(tag[1:]) + " "
        elif tag == "a":
            self._end_link()
            address = dict(attrs).get("href") or ""
            self._link = address if re.match(r"https?://", address) and len(address) < LONGEST_ADDRESS else None

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag == "a":
            self._end_link()
        elif tag in BLOCKS and tag not in NEVER_CLOSED:
            self._end_line(apart=tag in APART)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        (self._label if self._link else self._words).append(data)

    def _end_link(self) -> None:
        label = " ".join("".join(self._label).split())
        if self._link and label:
            bare = label.replace("[", "(").replace("]", ")")
            self._words.append(f" [{bare}]({self._link.replace(' ', '%20').replace(')', '%29')}) ")
        self._link, self._label = None, []

    def _end_line(self, *, apart: bool) -> None:
        self._end_link()
        words = " ".join("".join(self._words).split())
        if words:
            self._lines.append(self._prefix + words)
            self._prefix = ""
        if apart and self._lines and self._lines[-1]:
            self._lines.append("")
        self._words = []

    def text(self) -> str:
        self._end_line(apart=False)
        return "\n".join(self._lines).strip("\n") + "\n"

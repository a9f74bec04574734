"""What a page calls the network, and what the page itself may be called."""

import re
from collections.abc import Iterable
from typing import Any, Final

from plaza.formats.page.lines import Line, lines_of
from plaza.formats.page.shapes import CHROME, FILE, is_menu

_CAP: Final = r"[A-ZÀ-Ý][\w’'-]*"
# English has the noun last; the others have it first.
NETWORK: Final = re.compile(
    rf"\b((?:{_CAP}\s+){{1,8}}Network|(?:Red|Rede|Réseau)(?:\s+(?:de|del|da|do|dos|das|des|du|d[’']|e|y|et|la|las|los|les|{_CAP})){{1,10}})"
)
LAST_LINK: Final = re.compile(r"(?:\s+(?:de|del|da|do|dos|das|des|du|d[’']|e|y|et|la|las|los|les))+$")
# The head of a page kept as Markdown.
FRONT_MATTER: Final = re.compile(r"^title:\s*[\"']?(.+?)[\"']?$", re.IGNORECASE)
# A name stands near the top, or nowhere.
NEAR_THE_TOP: Final = 12


def network_in(around: Iterable[Line], lines: list[Line]) -> dict[str, Any] | None:
    """The name by which the page's own text calls the network, and its line: in the text around the meetings, or at
    the top of the page."""
    for line in (*around, *lines[:NEAR_THE_TOP]):
        match = NETWORK.search(line.text)
        name = LAST_LINK.sub("", re.sub(r"^(?:The|La|El|A|O|Le)\s+", "", match[1].strip())) if match else ""
        if len(name.split()) > 1 and not is_menu(line):
            return {"name": name, "line": line.number}
    return None


def page_name(text: str) -> str:
    """Its first line that is a name: no picture's file name, no menu. Empty where there is none."""
    lines = lines_of(text)
    for line in lines[:NEAR_THE_TOP]:
        if title := FRONT_MATTER.match(line.text):
            return title[1]
        if not (FILE.match(line.text) or CHROME.match(line.folded) or is_menu(line)):
            return line.text
    return lines[0].text if lines else ""

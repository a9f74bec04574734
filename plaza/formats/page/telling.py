"""Running text: does it tell of a meeting, of the network itself, or call for something."""

import re
from typing import Final

from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import OPENS_PROSE, TOLD, WEEK, dates_of, kind_in, offers_of

CALL: Final = re.compile(
    r"^(?:chamada aberta|convocatoria abierta|open call|call for|appel a|inscri\w+ abiertas|"
    r"inscri\w+ abertas|registration open)\b"
)
OWN: Final = re.compile(
    r"^(?:somos|we are|nous sommes)\b|\b(?:es una (?:red|plataforma)|e uma (?:rede|plataforma)|is a (?:platform|network))\b"
    r"|\b(?:network|reseau|red|rede)\b[^.]{0,60}\b(?:links|connects|gathers|est une?|relie|regroupe|reunit|conecta)\b"
    r"|\b(?:reune desde|reune a)\b"
)


def tells(line: Line, *, is_first: bool) -> bool:
    """Whether running text tells of a meeting. `is_first`: no meeting stands above it, so it may be what the network says
    of itself."""
    folded = line.folded
    named = bool(kind_in(folded) or WEEK.search(folded))
    if is_first and OWN.search(folded[:200]):
        return False
    return (
        (named and (bool(TOLD.search(folded)) or any(said.weight > 1 for said in dates_of(line))))
        or (WEEK.search(folded) is not None and bool(dates_of(line)))
        or (bool(offers_of(line)) and len(line.words) > 12)
        or (bool(TOLD.search(folded)) and bool(OPENS_PROSE.match(folded)) is False and "?" in line.text)
        or (bool(TOLD.search(folded)) and any(said.weight > 1 for said in dates_of(line)))
    )

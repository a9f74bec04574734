"""Programs write the way into a room online among the words of an event: its address, its number, its code."""

import re
from typing import Final

# With a scheme, or the tools that people send without one.
_ADDRESS: Final = re.compile(
    r"://|\b(?:zoom\.us/(?:j|w|s|my|meeting|webinar)/|zoomgov\.com/j/|meet\.google\.com/\w"
    r"|teams\.(?:microsoft|live)\.com/|webex\.com/|meet\.jit\.si/|whereby\.com/)",
    re.IGNORECASE,
)
_NAMES: Final = (
    # en
    r"(?:meeting|webinar|conference) ?id", r"(?:meeting )?pass ?code", r"(?:meeting )?password",
    # es
    r"id (?:de |de la )?(?:reunión|seminario web|conferencia)", r"código de acceso", r"contraseña",
    # pt
    r"id (?:da |do )?(?:reunião|webinar|conferência)", r"senha(?: de acesso)?",
    # fr
    r"(?:id|n°|numéro) (?:de )?(?:la )?(?:réunion|webinaire|conférence)", r"code secret", r"code d[’']accès", r"mot de passe",
)  # fmt: skip
# At the beginning of a line, and something follows it: "Contraseñas seguras" is a topic.
_NAMED: Final = re.compile(rf"[\W_]*(?:{'|'.join(_NAMES)})\s*(?:[:#=：]|\d)", re.IGNORECASE)


def is_way_in(line: str) -> bool:
    return bool(_ADDRESS.search(line) or _NAMED.match(line))


def has_way_in(text: str) -> bool:
    return any(map(is_way_in, text.split("\n")))


def without_ways_in(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not is_way_in(line)).strip()

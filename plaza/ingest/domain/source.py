"""The text of a page: read apart, by lines, and known again by its words."""

import hashlib
import re
from typing import Any, Final

from plaza.core.folding import fold
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.page.lines import LINE_END

SECONDS: Final = 60.0
MEGABYTES: Final = 1024


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

"""Cells that a spreadsheet would take for a formula are written with an apostrophe before them, as OWASP advises, and
lose just that apostrophe when they are read again."""

import re
from typing import Final

_LIVE: Final = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def guarded(text: str) -> str:
    return f"'{text}" if _LIVE.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text

"""A row of a cue as it is written → what was said: tags, entities and screen positions taken away.

Only the tags that captions know are markup; `<inaudible>` is something a person wrote and stays.
No expression looks beyond the next `<` or brace, so a broken row costs no more than a good one.
"""

import html
import re
from typing import Final

from plaza.formats.decode import without_unsaid

_TAG: Final = re.compile(
    r"</?(?:c|i|b|u|s|v|em|rt|tt|lang|ruby|font|span|strong)(?:[.\s][^<>]*)?/?>|<\d{1,4}(?::\d{1,2}){1,2}[.,]\d{1,9}>",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"</?(?:br|p|div)(?:\s[^<>]*)?/?>|\[br\]", re.IGNORECASE)
_POSITION: Final = re.compile(r"\{\\[^{}]*\}")
# html.unescape alone turns `&copy=` into ©= and fails on a number of five thousand digits.
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Not `\s`: the spaces before a French question mark do not break, and stay.
_SPACE: Final = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_SURROUNDING: Final = " \xa0"
_SAID_AT: Final = re.compile(r"<\d{1,4}(?::\d{1,2}){1,2}[.,]\d{1,9}>")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]{0,200})?\s([^<>]{1,300})>", re.IGNORECASE)


def plain(row: str) -> str:
    """The words of a row, on one line, without markup."""
    if "<" in row:
        row = _BREAK.sub(" ", _TAG.sub("", row))
    if "{" in row or "[" in row:
        row = _BREAK.sub(" ", _POSITION.sub("", row))
    if "&" in row:
        row = without_unsaid(_ENTITY.sub(lambda entity: html.unescape(entity.group()), row))
    return _SPACE.sub(" ", row).strip(_SURROUNDING)


def is_painted(row: str) -> bool:
    """Whether the row has a time between its words: they appear one by one, so they are new."""
    return "<" in row and _SAID_AT.search(row) is not None


def voices(row: str) -> list[tuple[str | None, str]]:
    """A row cut where a voice begins: (speaker, row as written); None: whoever spoke before."""
    if "<v" not in row and "<V" not in row:
        return [(None, row)]
    before, *parts = _VOICE.split(row)
    cut: list[tuple[str | None, str]] = [(None, before)] if before.strip() else []
    return cut + [(plain(name) or None, said) for name, said in zip(parts[::2], parts[1::2], strict=True)]

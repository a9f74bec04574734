"""Titles out of headings and entries: without label, date, place and links."""

import re
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import said_in
from plaza.formats.page.shapes import kind_in


def entry_title(text: str) -> str:
    head = text.split("|")[0]
    quoted = quoted_in(head)
    if quoted:
        return quoted
    return re.sub(
        r"\s+[-–—]\s+.*$|,\s+(?:[^,]*\b)?(?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d\s*$|,\s+\w+ de (?:19|20)\d\d\s*$", "", head
    ).strip(" -–—.,")


def quoted_in(text: str) -> str | None:
    match = re.search(r"[«“\"]([^»”\"]{4,})[»”\"]", text)
    return match[1].strip() if match else None


CANCELLED: Final = re.compile(
    r"\s*[\[(](?:cancelad[oa]|cancel+ed|annulee?|postponed|aplazad[oa]|adiad[oa])[\])]\s*$", re.IGNORECASE
)


def clean(text: str) -> str:
    """A heading without date, place, kind before a quoted title, and links after a bar."""
    text = CANCELLED.sub("", text.split(" | ")[0]).strip()
    quoted = re.match(r"^\W{0,2}(?:[^\W\d_]+[ :]+){0,4}[«“\"]([^»”\"]{4,})[»”\"]\W*(.*)$", text)
    if quoted and kind_in(" ".join(fold(text).split()[:4])) and len(quoted[2].split()) <= 8:
        return quoted[1].strip()
    parted = re.match(r"^(.{6,}?)\s+[-–—]\s+(.{3,60})$", text)
    tail = said_in(fold(parted[2])) if parted else []
    if (
        parted
        and len(parted[2].split()) <= 10
        and (any(said.weight > 1 for said in tail) or parted[2].strip().isdigit())
    ):
        text = parted[1]
    return text.rstrip(" .").strip() if text.endswith(".") else text

"""Titles out of headings and entries: without label, date, place and links."""

import re
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import said_in
from plaza.formats.page.shapes import kind_in

# A weekday may stand before it.
BEFORE_A_DATE: Final = 12


def after_date(text: str) -> str | None:
    """What stands behind a date and a dash, colon or bar at the beginning: `24 March 2022 — Parking is land`."""
    folded = fold(text)
    first = next(iter(said_in(folded)), None)
    if first is None or first.start > BEFORE_A_DATE or len(folded) != len(text):
        return None
    match = re.match(r"\s*(?:[—–|]|:|-(?=\s))\s*(?=\S)", text[first.end :])
    rest = text[first.end + match.end() :] if match else ""
    return rest if any(letter.isalpha() for letter in rest) else None


def entry_title(text: str) -> str:
    """Of an entry of one line: what is quoted, or what is left without date, place and links."""
    head = (after_date(text) or text).split("|")[0]
    if quoted := quoted_in(head):
        return quoted
    head = re.split(r"(?<=[\w»”\"])\.\s+(?=[A-ZÀ-Ý])", head)[0]
    head = re.sub(
        r"\s+[-–—]\s+.*$|,\s+(?:[^,]*\b)?(?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d\s*$|,\s+\w+ de (?:19|20)\d\d\s*$", "", head
    )
    return re.sub(r",\s+[A-ZÀ-Ý][\w’' -]{2,40}(?:,\s+[A-ZÀ-Ý][\w ]+)?\s*$", "", head).strip(" -–—.,")


def quoted_in(text: str) -> str | None:
    match = re.search(r"[«“\"]([^»”\"]{4,})[»”\"]", text)
    return match[1].strip() if match else None


CANCELLED: Final = re.compile(
    r"\s*[\[(](?:cancelad[oa]|cancel+ed|annul[eé]e?|cancelled|canceled|report[eé]e?|postponed|aplazad[oa]|adiad[oa])[\])]\s*$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """A heading without date, place, kind before a quoted title, and links after a bar."""
    text = CANCELLED.sub("", (after_date(text) or text).split(" | ")[0]).strip()
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

"""Reading a page that tells of meetings: text, HTML, DOCX or PDF in, what it says of whom, when and where out, each
value with its line. Nothing is kept here and nothing is invented: a person confirms.

    read(data)    → the page, as docs/developing/contracts.md has it. Raises NotAPage
    as_json(page) → the same: it is plain values already
"""

from typing import Any

from plaza.formats.language import language_of
from plaza.formats.page.gazetteer import gazetteer
from plaza.formats.page.reading import read_page
from plaza.formats.page.records import NotAPage, WhyNot
from plaza.formats.page.source import text_in

__all__ = ["NotAPage", "WhyNot", "as_json", "read", "read_text"]


def read(data: bytes) -> dict[str, Any]:
    """What the page in `data` says. Linear in its size: a thousand meetings take some seconds."""
    text, was_taken_out = text_in(data)
    page = read_text(text)
    page["source"]["text"] = text if was_taken_out else None
    return page


def read_text(text: str) -> dict[str, Any]:
    return read_page(text, gazetteer(), language_of(None, text.splitlines()) or "en")


def as_json(page: dict[str, Any]) -> dict[str, Any]:
    return page

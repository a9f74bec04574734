"""Markdown of those who run the network, as markup of ours: what is markup in it is shown as text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES: Final = ("http", "https", "mailto", "tel")
HIGHEST: Final = 2  # the title of the page is the first


@lru_cache(maxsize=128)
def as_markup(text: str) -> SafeString:
    """Headings begin at `h2` and leave no step out; links lead to pages and addresses only; pictures are our own."""
    tokens = _reader.parse(text)
    _level(tokens)
    # Made by us: `html` is off.
    return SafeString(_reader.renderer.render(tokens, _reader.options, {}))


def is_open(address: str) -> bool:
    """Whether a link may lead there: a page, a mailbox, a telephone, a place on this site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    bare = re.sub(r"[\x00-\x20\\]", "", address)
    if bare != address or bare.startswith("//"):
        return False
    return parts.scheme in SCHEMES if parts.scheme else address.startswith(("/", "#", "?"))


def is_ours(address: str) -> bool:
    return address.startswith("/") and is_open(address)


def _reader_of_ours() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable("table")
    reader.validateLink = is_open  # type: ignore[method-assign,assignment]
    reader.add_render_rule("link_open", _link)
    reader.add_render_rule("image", _image)
    return reader


def _link(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    token = tokens[place]
    if urlsplit(str(token.attrGet("href"))).scheme in ("http", "https"):
        token.attrSet("rel", "noopener external")
    return str(renderer.renderToken(tokens, place, options, env))


def _image(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """A picture of another site would tell that site who reads us: its words stand there instead."""
    token = tokens[place]
    words = renderer.renderInlineAsText(token.children or [], options, env)
    if not is_ours(str(token.attrGet("src"))):
        return str(renderer.text([Token("text", "", 0, content=words)], 0, options, env))
    token.attrSet("alt", words)
    token.attrSet("loading", "lazy")
    return str(renderer.renderToken(tokens, place, options, env))


def _level(tokens: Sequence[Token]) -> None:
    """`#`, `###` → `h2`, `h3`: whatever was typed, a reader of headings finds no hole."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            while above and above[-1] >= typed:
                above.pop()
            above.append(typed)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, HIGHEST - 1 + len(above))}"


_reader: Final = _reader_of_ours()

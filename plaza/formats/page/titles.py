"""Titles that a text gives in passing, and a suggestion where none is given."""

import re
from collections.abc import Sequence
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import KIND, KIND_WORDS

_CAP: Final = r"(?:[A-ZÀ-Ý0-9][\w’'.&-]*)"
_LINK: Final = (
    r"(?:of|the|and|to|in|for|on|from|de|del|la|las|los|el|y|e|en|da|do|das|dos|em|para|du|des|le|les|et|[-–—])"
)
NAME: Final = re.compile(rf"{_CAP}(?::?\s+(?:{_LINK}\s+){{0,3}}{_CAP})*")
QUOTED: Final = re.compile(r"[«“\"]([^»”\"]{4,140})[»”\"]")
SPECIFIC: Final = frozenset(word for word, kind in KIND_WORDS.items() if kind not in ("talk", "discussion")) - {
    "semana",
    "week",
    "semaine",
}


def stated_in(text: str) -> str | None:
    """The name of the meeting in its text: quoted beside a word for a meeting, or written as a name that has one."""
    for match in QUOTED.finditer(text):
        before = fold(text[max(0, match.start() - 40) : match.start()])
        inside = fold(match[1])
        is_one = re.match(r"\W*(?:an?|une?|una|uma?)\s", fold(text[match.end() : match.end() + 8])) is not None
        if is_one and KIND.search(fold(text[match.end() : match.end() + 40])):
            return match[1].strip(" ,")
        if KIND.search(before.split(".")[-1]) or (KIND.search(inside) and match.start() < 60):
            if any(word in before for word in ("iniciativa", "initiative", "estrategia", "strategy", "programa")):
                continue
            return match[1].strip()
    for match in NAME.finditer(text[:400]):
        name = match[0].strip(" -–—:")
        words = fold(name).split()
        lead = fold(text[: match.start()])[-24:]
        if any(word.strip(":,") in SPECIFIC for word in words) and len(words) >= 3:
            return _from_the_kind(name)
        after_kind = re.search(
            r"\b(conference|conferencia|congreso|forum|foro|workshop|taller|seminario|seminar|oficina|course|"
            r"curso|summit|cumbre|congress|congres|conference|colloque)\s*$",
            lead,
        )
        if after_kind and len(words) >= 3 and (":" in name or any(w[0].isupper() for w in name.split()[1:])):
            return name
    return None


def _from_the_kind(name: str) -> str:
    words = name.split()
    while words and fold(words[0]) in (
        "the",
        "with",
        "with the",
        "in",
        "la",
        "el",
        "o",
        "a",
        "los",
        "las",
        "con",
        "en",
        "no",
        "na",
        "from",
        "durante",
        "during",
        "como",
    ):
        words.pop(0)
    return " ".join(words)


def suggested(lines: Sequence[Line]) -> str | None:
    """A first question, or the first words of the text."""
    text = lines[0].text
    question = re.match(r"[¿]?[^.?!]{8,110}\?", text)
    if question:
        return question[0]
    words = text.split()
    return " ".join(words[:10]) + ("…" if len(words) > 10 else "") if words else None

"""The words of the reports (data/terms.toml), ready to be asked. All are compared folded."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

from plaza.core.folding import fold
from plaza.core.languages import Language, known

_FILE: Final = Path(__file__).parent / "data" / "terms.toml"
_TERMS: Final = tomllib.loads(_FILE.read_text("utf-8"))
_NUMBERED: Final = re.compile(r"([1-9])\s?[.)]\s+(.{1,80})$")


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """How words of a report are compared: folded, straight apostrophes, no colon or star around them."""
    plain = text.casefold() if text.isascii() else fold(text).replace("’", "'")
    return " ".join(plain.split()).strip(" :*")


def _turned(kind: str) -> dict[str, str]:
    """Word → what it names; the first that claims a word has it."""
    turned: dict[str, str] = {}
    for name, languages in _TERMS[kind].items():
        for words in languages.values():
            for word in words:
                turned.setdefault(word, name)
    return turned


COLUMNS: Final = _turned("columns")
FACTS: Final = _turned("facts")
SECTIONS: Final = _turned("sections")
TITLES: Final = _turned("titles")
MONTHS: Final = {word: number for number, words in enumerate(_TERMS["months"].values(), 1) for word in words}


def _words(name: str) -> frozenset[str]:
    return frozenset(_TERMS["words"][name])


YES: Final = _words("yes")
NO: Final = _words("no")
NONE: Final = _words("none")
TOTAL: Final = _words("total")
JOINS: Final = _words("joins")
LEAVES: Final = _words("leaves")
HOSTS: Final = _words("hosts")
PANELISTS: Final = _words("panelists")
NAMELESS: Final = _words("nameless")
DEVICES: Final = _words("devices")
PROGRAMS: Final = _words("programs")

# What stands in the numbered sections of Teams, whatever it calls them.
_BY_NUMBER: Final = {"1": "summary", "2": "people", "3": "activities"}


def section_of(text: str) -> tuple[str, bool] | None:
    """Which section a line alone opens, and whether Teams numbered it; None for other words."""
    if numbered := _NUMBERED.match(text.strip()):
        return SECTIONS.get(folded(numbered[2])) or _BY_NUMBER.get(numbered[1], "unknown"), True
    section = SECTIONS.get(folded(text))
    return (section, False) if section else None


def yes_or_no(text: str) -> bool | None:
    """None for any other word, in all four languages."""
    word = folded(text)
    return True if word in YES else False if word in NO else None


def is_none(text: str) -> bool:
    """Whether a cell says that it says nothing: `--` and its like."""
    return folded(text) in NONE


def language_of(words: list[str]) -> Language | None:
    """The language most of the names are in; None where it is two, or where fewer than three are known."""
    votes: dict[str, int] = {}
    for languages in (*_TERMS["columns"].values(), *_TERMS["facts"].values()):
        spoken = {language for language, terms in languages.items() for word in words if word in terms}
        for language in spoken:
            votes[language] = votes.get(language, 0) + 1
    best = max(votes.values(), default=0)
    leaders = [language for language, count in votes.items() if count == best]
    return known(leaders[0]) if best > 2 and len(leaders) == 1 else None

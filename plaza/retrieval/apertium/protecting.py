"""What must not be translated: names, numbers and quoted phrases. A stretch of it goes through as `[3]`, a mark that
Apertium carries past its dictionaries, and is put back afterwards. *La ciudad de Quito* would become *the city of
Remove*.
"""

import re
import time
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Final

from plaza.core.folding import fold
from plaza.core.registry import Registry
from plaza.retrieval.text import QUOTED

# Folded names of places, people and bodies, from the packages that know them.
names: Final[Registry[Callable[[], Collection[str]]]] = Registry("names that are not translated")

# Marks of Apertium's stream, of its unknown words and of what it joins, and what no text should have.
MARKS: Final = re.compile(r"[\^$\[\]{}<>@\\/*#~+|_\x00-\x1f\x7f-\x9f]")
MARKED: Final = re.compile(r"\[(\d+)\]")
# What Apertium did not know, or cannot say in the other language.
UNKNOWN: Final = re.compile(r"[*@#]\S*")
UNKNOWN_MARK: Final = re.compile(r"(?<!\S)[*@#](?=\w)")
WORD: Final = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’.\-][^\W_]+)*")
# A capital here says nothing of a name.
BEGINS: Final = re.compile(r"(?:\A|[.!?¿¡:…])\W*\Z")
# Small words inside of names: Rio de Janeiro, Valle del Cauca.
INNER: Final = frozenset(
    ("de", "del", "da", "do", "dos", "das", "la", "las", "el", "los", "of", "the", "du", "des", "y", "e")
)
MOST_WORDS: Final = 4
READ_EVERY_SECONDS: Final = 3600.0


def protected(text: str) -> tuple[str, list[str]]:
    """The text with a mark in place of each stretch that stays as it is, and these stretches."""
    kept: list[str] = []
    said = []
    end = 0
    for start, stop in _stretches(text):
        said += [_harmless(text[end:start]), f"[{len(kept)}]"]
        kept.append(text[start:stop])
        end = stop
    return "".join([*said, _harmless(text[end:])]), kept


def put_back(text: str, kept: Sequence[str]) -> str:
    """The stretches in place of their marks. A mark of none is nothing."""
    return MARKED.sub(lambda mark: kept[int(mark[1])] if len(mark[1]) < 4 and int(mark[1]) < len(kept) else " ", text)


def to_go_on(text: str) -> str:
    """A translation as the text of the next: its unknown words without their mark."""
    return UNKNOWN_MARK.sub("", text)


def known(text: str) -> str:
    """A translation without the words that it could not translate: the question has them anyway."""
    return " ".join(UNKNOWN.sub(" ", text).replace("~", "").split())


def _harmless(text: str) -> str:
    return MARKS.sub(" ", text)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where names, numbers and quoted phrases stand, in order; none overlaps."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    words = [match.span() for match in WORD.finditer(text)]
    found = list(quoted)
    end = 0
    for place, (start, stop) in enumerate(words):
        if start < end or any(start < other_stop and other < stop for other, other_stop in quoted):
            continue
        last = _called(text, words[place : place + MOST_WORDS])
        word = text[start:stop]
        if last or any(each.isdigit() for each in word) or _is_name(text, start, word):
            end = last or stop
            found.append((start, end))
    return _joined(text, sorted(found))


def _called(text: str, words: Sequence[tuple[int, int]]) -> int:
    """Where the longest name that begins here ends; 0 for none."""
    for count in range(len(words), 0, -1):
        if fold(text[words[0][0] : words[count - 1][1]]) in _names():
            return words[count - 1][1]
    return 0


def _is_name(text: str, start: int, word: str) -> bool:
    """A capital inside the sentence. In a question that is all capitals they say nothing."""
    return word[0].isupper() and not text.isupper() and not BEGINS.search(text[:start])


def _joined(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours as one, with the small words between them."""
    joined: list[tuple[int, int]] = []
    for start, stop in stretches:
        if joined and {word.casefold() for word in text[joined[-1][1] : start].split()} <= INNER:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def _names() -> frozenset[str]:
    return _names_in(int(time.monotonic() / READ_EVERY_SECONDS))


@lru_cache(maxsize=1)
def _names_in(stretch: int) -> frozenset[str]:
    return frozenset(name for _, listed in names.items() for name in listed())

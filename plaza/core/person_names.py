"""Names of people as they are compared: without accents and case, in any order, with slips of the finger.

A name is known by its words, by the first letter of each (`^j`, for who writes `J. García`) and by neighbours written as
one (`anamaria`). A word has keys: two words that share one are one slip apart, or sound alike.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from plaza.core.folding import fold

# They stand between names and tell nobody apart.
PARTICLES: Final = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "des",
        "la",
        "las",
        "los",
        "le",
        "lo",
        "el",
        "y",
        "e",
        "i",
        "van",
        "von",
        "der",
        "den",
        "of",
    ]
)
# Before a name, and no part of it.
TITLES: Final = frozenset(
    [
        "dr",
        "dra",
        "sr",
        "sra",
        "srta",
        "mr",
        "mrs",
        "ms",
        "mme",
        "eng",
        "ing",
        "lic",
        "arq",
        "prof",
        "profa",
        "don",
        "dona",
    ]
)
MOST_WORDS: Final = 12
LONGEST: Final = 40
# What decomposing leaves whole.
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "đ": "d", "ı": "i"})
_APOSTROPHES: Final = re.compile(r"['’`´ʼ‘]")
# Spellings of one sound in the four languages: Luiz and Luís, Thiago and Tiago, Souza and Sousa, Felipe and Philippe.
_SOUNDS: Final = (
    ("ph", "f"), ("th", "t"), ("qu", "k"), ("ck", "k"), ("sch", "x"), ("sh", "x"), ("ch", "x"), ("j", "x"),
    ("gn", "n"), ("nh", "n"), ("lh", "l"), ("ce", "se"), ("ci", "si"), ("ge", "xe"), ("gi", "xi"), ("c", "k"),
    ("z", "s"), ("y", "i"), ("w", "v"), ("v", "b"), ("h", ""),
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """`María-José O’Higgins, Dra.` → maria, jose, ohiggins, dra."""
    plain = fold(_APOSTROPHES.sub("", name)).translate(_LETTERS)
    return [word[:LONGEST] for word in re.split(r"[\W_]+", plain) if word]


def telling(name: str) -> list[str]:
    """The words that tell people apart; all of them where nothing would be left."""
    words = words_of(name)
    return ([word for word in words if word not in PARTICLES and word not in TITLES] or words)[:MOST_WORDS]


def known_by(names: Iterable[str]) -> list[str]:
    """All that somebody of these names is found by."""
    found: dict[str, None] = {}
    for name in names:
        words = words_of(name)[: 2 * MOST_WORDS]
        found |= dict.fromkeys(words)
        found |= dict.fromkeys(f"^{word[0]}" for word in words if len(word) > 1)
        found |= dict.fromkeys(f"{one}{other}"[:LONGEST] for one, other in pairwise(words) if len(one + other) > 3)
    return list(found)


def sound(word: str) -> str:
    """Alike for words that sound alike, more or less, in one of the four languages."""
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def keys_of(word: str) -> list[str]:
    """The word, the word without each of its letters, and how it sounds."""
    if len(word) < 3:
        return [word]
    shorter = (word[:place] + word[place + 1 :] for place in range(len(word)))
    return list(dict.fromkeys([word, *shorter, f"~{sound(word)}"]))

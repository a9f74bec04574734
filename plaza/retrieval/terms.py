"""Terms: what the lexical leg counts. Snowball stems per language, folded, with the endings that people
type without their accent put right first (inundacion → inundación), or the stemmer would not know them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import Stemmer

from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.text import words

STEMMERS: Final[dict[Language, str]] = {
    "es": "spanish",
    "pt": "portuguese",
    "en": "english",
    "fr": "french",
}

# Typed without accents; longest first.
ENDINGS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "es": (("cion", "ción"), ("sion", "sión")),
    "pt": (("coes", "ções"), ("soes", "sões"), ("cao", "ção"), ("sao", "são")),
    "en": (),
    "fr": (),
}

ELISION: Final = re.compile(r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’](?=\w)", re.IGNORECASE)
POSSESSIVE: Final = re.compile(r"['’]s\b", re.IGNORECASE)

# What the column of the index holds.
LONGEST_TERM: Final = 60

# Words that say nothing of what a passage is about. Frequency would sink them too, but slowly: their
# postings would be half of the index.
STOP: Final = frozenset(
    fold(word)
    for line in (Path(__file__).parent / "data" / "stop_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(STEMMERS[language])


def _stem(word: str, language: Language) -> str:
    for bare, accented in ENDINGS[language]:
        if word.endswith(bare) and len(word) > len(bare) + 2:
            word = word[: -len(bare)] + accented
            break
    # Folding parts a Korean syllable into its letters: three times as many.
    return fold(_stemmer(language).stemWord(word))[:LONGEST_TERM]


def _content_words(text: str) -> list[str]:
    text = POSSESSIVE.sub("", ELISION.sub(" ", text))
    return [word[:LONGEST_TERM] for word in words(text) if fold(word) not in STOP]


def words_with_terms(text: str, language: Language) -> list[tuple[str, str]]:
    """The words of a passage that say something, in order, each with its term."""
    return [(word, _stem(word, language)) for word in _content_words(text)]


def terms(text: str, language: Language) -> list[str]:
    """The terms of a passage, repeated as often as they occur."""
    return [_stem(word, language) for word in _content_words(text)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a query as it was typed, and the terms under which passages of the four languages may have it."""

    word: str
    terms: frozenset[str]


def query_terms(text: str, language: Language, *, most: int = 64) -> list[Asked]:
    """The different words of a query.

    A name or a number stands unchanged in any language, but each language's stemmer cuts it in its
    own way; so a word is looked for under all its stems and the best of them counts, once.
    """
    found: dict[frozenset[str], Asked] = {}
    for word in _content_words(text):
        stems = frozenset(_stem(word, other) for other in (language, *LANGUAGES))
        found.setdefault(stems, Asked(word, stems))
        if len(found) == most:
            break
    return list(found.values())

"""What must hold for every text, however wild, of each function that a text from outside meets first."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.identify import identify
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.terms import query_terms, terms
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, Span, quotable, safe, sentences, words

# The column of the index that holds a term.
LONGEST_TERM: Final = 60
LONGEST_SENTENCE: Final = 600


class Broken(Exception):
    """A promise was not kept; the words say which."""


@dataclass(frozen=True, slots=True)
class Target:
    """A promise, and of how many inputs one is tried with it: the careful encoder takes its time."""

    name: str
    keeps_its_promise: Callable[[str], None]
    one_in: int = 1


def targets() -> list[Target]:
    """Encoders that are not installed are left out."""
    found = [
        Target("safe", _safe),
        Target("words", _words),
        Target("sentences", _sentences),
        Target("quotable", _quotable),
        Target("terms", _terms),
        Target("query_terms", _query_terms),
        Target("identify", _identify),
    ]
    for engine, one_in in ((Use, 1), (UseWords, 1), (E5, 100)):
        try:
            found.append(Target(engine.__name__, _encoding(engine()), one_in))
        except EncoderAbsent:
            continue
    return found


def promised(holds: bool, promise: str) -> None:
    if not holds:
        raise Broken(promise)


def _safe(text: str) -> None:
    for longest in (7, LONGEST_QUERY, LONGEST_PASSAGE):
        made = safe(text, longest)
        promised(len(made) <= longest, "a safe text is not longer than asked for")
        promised("\x00" not in made, "a safe text holds no NUL")
        promised("\ufdfa" not in made, "a safe text holds no U+FDFA")
        promised(_is_sayable(made), "a safe text holds no lone surrogate")
        promised(unicodedata.is_normalized("NFKC", made), "a safe text is in NFKC")
        promised(safe(made, longest) == made, "a safe text made safe stays as it is")


def _words(text: str) -> None:
    for word in words(text):
        promised(bool(word.strip()), "a word is not empty")
        promised(_is_sayable(word), "a word can be encoded")


def _sentences(text: str) -> None:
    spans = sentences(text)
    _in_order_and_whole(text, spans)
    promised(all(span.end - span.start <= LONGEST_SENTENCE for span in spans), "a sentence has an end")


def _quotable(text: str) -> None:
    _in_order_and_whole(text, quotable(text))


def _in_order_and_whole(text: str, spans: Sequence[Span]) -> None:
    end = 0
    for span in spans:
        promised(end <= span.start < span.end <= len(text), "spans are in order and within the text")
        promised(not text[end : span.start].strip(), "what lies between two spans says nothing")
        end = span.end
    promised(not text[end:].strip(), "what lies after the last span says nothing")


def _terms(text: str) -> None:
    _fit_the_index(terms(text, _some_language(text)))


def _query_terms(text: str) -> None:
    asked = query_terms(text, _some_language(text))
    promised(len(asked) <= 64, "a query has at most 64 terms")
    for word in asked:
        _fit_the_index(sorted(word.terms))


def _fit_the_index(found: Sequence[str]) -> None:
    for term in found:
        promised(0 < len(term) <= LONGEST_TERM, f"a term has 1 to {LONGEST_TERM} characters")
        promised(_is_sayable(term) and "\x00" not in term, "a term can be stored")


def _identify(text: str) -> None:
    promised(identify(text) in (None, *LANGUAGES), "a text is in one of the four languages or in none")


def _encoding(encoder: Encoder) -> Callable[[str], None]:
    def keeps_its_promise(text: str) -> None:
        vectors = encoder.encode([text], [_some_language(text)], "query")
        promised(vectors.shape == (1, encoder.dimensions), "a text has one vector")
        promised(bool(np.isfinite(vectors).all()), "a vector is finite")
        promised(abs(float(np.linalg.norm(vectors)) - 1) < 1e-3, "a vector has length 1")

    return keeps_its_promise


def _some_language(text: str) -> Language:
    """Each by turns, and for the same text the same."""
    return LANGUAGES[len(text) % len(LANGUAGES)]


def _is_sayable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)

"""The dictionary of a collection: which of its words say what a word of the question says, in any of the languages.

It is read from the quick encoder's vectors of single words. Every word of the collection is in it, no other is: so a
question in Portuguese is asked with the words that the Spanish recordings really use.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from plaza.core.languages import Language
from plaza.retrieval.encoders import Encoder
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.models import Collection, WordVector
from plaza.retrieval.packing import unpacked

# Below this two words have nothing to do with each other; above, nearness counts from 0 to 1.
FARTHEST: Final = 0.25
# How many words of each other language may stand for one of the question.
EACH_LANGUAGE: Final = 2
# A word that nobody said may be a slip of the finger: a term as near as this in letters stands for it, and counts for
# less, the farther the less. In words of three letters a slip makes another word.
SLIPS: Final = ((8, 2), (4, 1))
A_SLIP_LEAVES: Final = 0.7
SPELLINGS: Final = 3
# Dictionaries kept in memory: some 500 bytes a word.
MOST_KEPT: Final = 4
# In a large collection a word said in a few passages only is a name or a slip, and would fill the memory; it may
# become frequent later, so a dictionary is made anew after an hour.
PASSAGES_A_RARE_WORD: Final = 50_000
OLDEST_SECONDS: Final = 3600.0


@dataclass
class Dictionary:
    """Words with their terms and vectors, as of the last time somebody asked."""

    born: float = field(default_factory=time.monotonic)
    newest: int = 0
    _words: dict[str, tuple[Vectors, list[int]]] = field(default_factory=dict)
    _spelled: dict[int, str] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)

    def add(self, language: str, terms: list[int], vectors: Vectors) -> None:
        """Words of one language: their terms, and a row of `vectors` for each."""
        matrix, known = self._words.get(language, (vectors[:0], []))
        self._words[language] = (np.concatenate([matrix, vectors]), known + terms)

    def spell(self, terms: dict[int, str]) -> None:
        """How each term is written."""
        self._spelled |= terms
        self._texts.update(terms.values())

    def meant_by_slip(self, stems: Iterable[str]) -> dict[int, float]:
        """For a word, by its stems: the terms that it may be a slip of, each with what is left of its weight. None for
        a word that somebody said."""
        found: dict[int, float] = {}
        unsaid = set(stems)
        if not unsaid.isdisjoint(self._texts):
            return found
        for stem in unsaid:
            most = next((slips for length, slips in SLIPS if len(stem) >= length), 0)
            if most == 0 or any(letter.isdigit() for letter in stem):
                continue
            for _, slips, term in extract(
                stem, self._spelled, scorer=OSA.distance, score_cutoff=most, limit=SPELLINGS, processor=None
            ):
                found[term] = max(found.get(term, 0.0), A_SLIP_LEAVES**slips)
        return found

    def compare(self, vectors: Vectors) -> "Comparison":
        """Words of a question (a row each) with every word of the collection."""
        words = dict(self._words)
        cosines = {language: vectors @ matrix.T for language, (matrix, _) in words.items()}
        return Comparison(len(vectors), cosines, {language: terms for language, (_, terms) in words.items()})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`cosines`: by language, a row for each word of the question and a column for each of that language's words,
    whose terms are `terms`."""

    count: int
    cosines: Mapping[str, Vectors]
    terms: Mapping[str, Sequence[int]]

    def meanings(self, language: Language) -> list[dict[int, float]]:
        """For each word of a question in `language` the terms of the other languages that say the same, each with its
        nearness, above 0 and up to 1."""
        found: list[dict[int, float]] = [{} for _ in range(self.count)]
        for other, cosines in self.cosines.items():
            if other == language:
                continue
            for word, places in enumerate(_nearest(row) for row in cosines):
                for place in places:
                    near = (float(cosines[word, place]) - FARTHEST) / (1 - FARTHEST)
                    term = self.terms[other][place]
                    found[word][term] = max(found[word].get(term, 0.0), min(near, 1.0))
        return found


def _nearest(cosines: Vectors) -> list[int]:
    """The places of the nearest words. Few are near at all, so only those are put in order."""
    near = np.flatnonzero(cosines > FARTHEST)
    places: list[int] = near[np.argsort(-cosines[near])][:EACH_LANGUAGE].tolist()
    return places


_kept: dict[tuple[int, str], Dictionary] = {}
_lock = threading.Lock()


def dictionary_of(collection: Collection, encoder: Encoder) -> Dictionary:
    """The collection's dictionary, brought up to date with its row: no query when nothing is new."""
    key = (collection.pk, encoder.name)
    with _lock:
        dictionary = _kept.pop(key, None)
        if dictionary is None or time.monotonic() - dictionary.born > OLDEST_SECONDS:
            dictionary = Dictionary()
        _kept[key] = dictionary  # the last asked stands last
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
        if dictionary.newest < collection.newest_word:
            _update(dictionary, collection, encoder)
        return dictionary


def _update(dictionary: Dictionary, collection: Collection, encoder: Encoder) -> None:
    rows = list(
        WordVector.objects.filter(collection=collection, encoder=encoder.name, pk__gt=dictionary.newest)
        .order_by("pk")
        .values_list("pk", "word__term", "word__term__text", "word__language", "word__term__passages", "vector")
    )
    fewest = 1 + collection.passages // PASSAGES_A_RARE_WORD
    new: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
    spelled = {}
    for _, term, text, language, passages, vector in rows:
        if passages >= fewest:
            new[language].append((term, bytes(vector)))
            spelled[term] = text
    dictionary.spell(spelled)
    # Vectors of another encoder may be newer: this one has none after these.
    dictionary.newest = max([collection.newest_word, *(row[0] for row in rows)])
    for language, words in new.items():
        vectors = unpacked(b"".join(vector for _, vector in words), encoder.dimensions)
        dictionary.add(language, [term for term, _ in words], vectors)

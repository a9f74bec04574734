"""The words of a translated question, each beside the word of the question that it stands for.

Apertium gives sentences. Which word became which is found by the words' vectors; without the encoder, by their places.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from plaza.core.languages import Language
from plaza.retrieval.dictionary import FARTHEST
from plaza.retrieval.encoders.base import Encoder, EncoderAbsent, Vectors
from plaza.retrieval.terms import Asked, words_with_terms

# What a translated word counts beside the same word typed.
TRANSLATED: Final = 0.8
MOST_WORDS: Final = 64


def stand_ins(
    asked: Sequence[Asked],
    vectors: Vectors | None,
    translations: Mapping[Language, str],
    encoder: Encoder | None,
) -> list[dict[str, float]]:
    """For each word of the question the terms that a translation has for it, with what they count."""
    found: list[dict[str, float]] = [{} for _ in asked]
    typed = {term for word in asked for term in word.terms}
    for language, text in translations.items():
        said = [each for each in words_with_terms(text, language)[:MOST_WORDS] if each[1] not in typed]
        if not said or not asked:
            continue
        for place, word in enumerate(_whose([word for word, _ in said], language, vectors, encoder, len(asked))):
            if word is not None:
                found[word][said[place][1]] = TRANSLATED
    return found


def _whose(
    said: Sequence[str], language: Language, vectors: Vectors | None, encoder: Encoder | None, count: int
) -> list[int | None]:
    if vectors is not None and encoder is not None:
        try:
            near = encoder.encode(said, [language] * len(said), "query") @ vectors.T
        except EncoderAbsent:
            pass
        else:
            best = np.argmax(near, axis=1)
            return [int(word) if near[place, word] > FARTHEST else None for place, word in enumerate(best)]
    return [place * count // len(said) for place in range(len(said))]

"""Single words as the quick encoder sees them: words of different languages that say the same stand near each other.

Nobody wrote this dictionary, and it needs no program that translates: the words of a question are compared with the
words of the collection (plaza/retrieval/dictionary.py). Of the encoder's 512 directions the 128 that tell words apart
are kept; `tools/word_axes.py` finds them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders.base import Role, Vectors, arrays
from plaza.retrieval.encoders.centring import DATA, FRACTION, unit
from plaza.retrieval.encoders.use import engine
from plaza.retrieval.text import safe

DIMENSIONS: Final = 128
LONGEST_WORD: Final = 60


class UseWords:
    """128 dimensions; about 0.25 ms of processor time a word. A word means the same in both roles."""

    name = "use-multilingual-3+words-1"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self._engine = engine()
        self._means, self._axes = _space()

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        raw = unit(self._engine([safe(text, LONGEST_WORD) for text in texts]))
        centred = raw - np.stack([self._means[language] for language in languages])
        return unit(centred @ self._axes)


@cache
def _space() -> tuple[dict[Language, Vectors], Vectors]:
    kept = arrays(DATA / "word_axes_use.npz", "the axes of words")
    means = {language: FRACTION * kept[f"mean_{language}"].astype(np.float32) for language in LANGUAGES}
    return means, kept["axes"].astype(np.float32)

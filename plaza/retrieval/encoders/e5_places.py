"""Where in a text the tokens of E5 stand: a stretch of it is what its tokens mean, where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import combining

import numpy as np
from numpy.typing import NDArray

from plaza.retrieval.encoders.base import Role
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, Span, safe

LONGEST_TEXT: dict[Role, int] = {"query": LONGEST_QUERY, "passage": LONGEST_PASSAGE}


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as the network takes it, in windows; and for each token of them, in a row, the characters that it covers,
    (tokens, 2). What E5 itself puts around a text covers none: its start is its end."""

    windows: list[list[int]]
    covered: NDArray[np.intp]

    def within(self, stretch: Span) -> NDArray[np.bool_]:
        """Which tokens begin in this stretch of the text."""
        starts, ends = self.covered.T
        return np.asarray((starts < ends) & (starts >= stretch.start) & (starts < stretch.end))


def windows_of(tokenizer: Tokenizer, text: str, role: Role) -> list[list[int]]:
    return tokenizer.windows(f"{role}: {safe(text, LONGEST_TEXT[role])}")


def placed(tokenizer: Tokenizer, text: str, role: Role) -> Placed:
    before = f"{role}: "
    clean, origins = _traced(text, LONGEST_TEXT[role])
    windows = tokenizer.windows(before + clean)
    covered = iter(tokenizer.spans(before + clean))
    spans: list[tuple[int, int]] = []
    for window in windows:
        inner = [_back(span, len(before), origins) for _, span in zip(window[1:-1], covered, strict=False)]
        spans += [(0, 0), *inner, (len(text), len(text))]
    return Placed(windows, np.array(spans, dtype=np.intp))


def _traced(text: str, longest: int) -> tuple[str, list[tuple[int, int]]]:
    """`safe(text)`, and for each of its characters where it comes from. Character by character with its accents,
    so what `safe` joins otherwise (the parts of a Korean syllable) stays parted."""
    if safe(text, longest) == text:
        return text, [(place, place + 1) for place in range(len(text))]
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    text = text[: 4 * longest]
    starts = [place for place, character in enumerate(text) if place == 0 or not combining(character)]
    for start, end in pairwise([*starts, len(text)]):
        # Between two strokes, so that a space is kept.
        for letter in safe(f"-{text[start:end]}-", longest)[1:-1]:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                origins.append((start, end))
    return "".join(letters).rstrip(" ")[:longest], origins


def _back(span: tuple[int, int], skipped: int, origins: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the text that the tokenizer saw to the one that was asked about."""
    start, end = span[0] - skipped, span[1] - skipped
    return (origins[start][0], origins[end - 1][1]) if 0 <= start < end else (0, 0)

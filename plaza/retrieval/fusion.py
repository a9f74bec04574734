"""One score out of three, on absolute scales.

Reciprocal ranks, or a stretch of each query's scores to 0…1, would let the best of the wrong language's
noise stand as high as the right answer. So each leg keeps its own fixed zero and unit, measured once
(docs/developing), and words count by how much of the query's own weight they carry: a query with no
word in common with any passage adds nothing.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """A leg's zero (the usual score of a passage that has nothing to do with the query) and its unit
    (how far above that the best one usually stands)."""

    zero: float
    unit: float

    def __call__(self, score: float) -> float:
        return (score - self.zero) / self.unit


E5_SCALE: Final = Scale(zero=0.066, unit=0.484)
# Of the sum of a passage's and its best sentence's cosine.
USE_SCALE: Final = Scale(zero=0.024, unit=0.980)

USE_PART: Final = 0.5
LEXICAL_PART: Final = 0.5
LEXICAL_MOST: Final = 1.5

# What each leg weighs when the careful encoder has not seen the passage: the quick one stands in for it,
# on the same scale, so that both kinds of passages can be put in one order.
STAND_IN: Final = 0.92


def fuse(*, e5: float | None, use: float | None, lexical: float, lexical_mass: float) -> float:
    """The score of one passage for one query. About 0 for noise, about 1 and more for an answer."""
    words = LEXICAL_PART * min(lexical / lexical_mass, LEXICAL_MOST) if lexical_mass > 0 else 0.0
    quick = USE_SCALE(use) if use is not None else None
    if e5 is not None:
        return E5_SCALE(e5) + USE_PART * (quick or 0.0) + words
    if quick is not None:
        return (STAND_IN + USE_PART) * quick + words
    return words

"""One score out of four, on absolute scales.

Reciprocal ranks, or a stretch of each query's scores to 0…1, would let the best of the wrong language's
noise stand as high as the right answer. So each leg keeps its own fixed zero and unit, measured once
(docs/developing), and words count by how much of the query's own weight they carry: a query with no
word in common with any passage adds nothing.
"""

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """A leg's zero (the usual score of a passage that has nothing to do with the query) and its unit
    (how far above that the best one usually stands)."""

    zero: float
    unit: float

    def __call__(self, score: float) -> float:
        return (score - self.zero) / self.unit


E5_SCALE: Final = Scale(zero=0.025, unit=0.568)
# Half of E5's is what it thinks of the passage's best sentence, which has read the rest of it.
CAREFUL_SENTENCE_PART: Final = 0.5
# Of a passage's and its best sentence's cosine, twice their weighted mean.
USE_SCALE: Final = Scale(zero=0.024, unit=0.980)
SENTENCE_PART: Final = 0.7
# What usual questions have with most passages: it stands in where that has not been measured, and keeps a cosine on its
# scale. And how much of what a passage has above it, or below, is taken away.
MOSTLY: Final = 0.29
USUAL_PART: Final = 0.3

USE_PART: Final = 0.6
SAID_PART: Final = 0.3
MEANT_PART: Final = 1.0
LEXICAL_MOST: Final = 1.5

# What the quick leg weighs when the careful encoder has not seen the passage: it stands in for it, on the same
# scale, so that both kinds of passages can be put in one order.
STAND_IN: Final = 0.92
# Where nothing careful is at hand at all, words can be trusted with more.
WORDS_ALONE: Final = 1.3


@dataclass(frozen=True, slots=True)
class Near:
    """The cosine of a question and a passage, and what usual questions in its language have with the same passage
    (retrieval.usual)."""

    cosine: float
    usual: float = MOSTLY

    def above(self, part: float) -> float:
        """The cosine, less this part of what the passage has with any question."""
        return self.cosine - part * (self.usual - MOSTLY)


@dataclass(frozen=True, slots=True)
class Parts:
    """What each leg thinks of one passage: the careful encoder and the quick one (None where it has not seen it), the
    cosines of each with the nearest sentence (None before sentences were looked at), and the parts of the query's own
    weight that its words carry, as they were typed (`said`) and in any language (`meant`)."""

    e5: Near | None = None
    use: Near | None = None
    careful_sentence: float | None = None
    quick_sentence: float | None = None
    said: float = 0.0
    meant: float = 0.0

    @property
    def careful_nearness(self) -> float | None:
        """Of the passage and its nearest sentence, as one number for E5_SCALE."""
        if self.e5 is None:
            return None
        passage = self.e5.above(USUAL_PART)
        if self.careful_sentence is None:
            return passage
        sentence = replace(self.e5, cosine=self.careful_sentence).above(USUAL_PART)
        return (1 - CAREFUL_SENTENCE_PART) * passage + CAREFUL_SENTENCE_PART * sentence

    @property
    def nearness(self) -> float | None:
        """Of the passage and its nearest sentence, as one number for USE_SCALE."""
        if self.use is None:
            return None
        passage = self.use.above(USUAL_PART)
        sentence = passage if self.quick_sentence is None else self.quick_sentence
        return 2 * ((1 - SENTENCE_PART) * passage + SENTENCE_PART * sentence)


def fuse(parts: Parts, *, is_careful: bool = True) -> float:
    """The score of one passage for one query. About 0 for noise, about 1 and more for an answer.

    `is_careful`: whether a careful encoder has read the query; a passage may still not have been seen by it.
    """
    words = SAID_PART * min(parts.said, LEXICAL_MOST) + MEANT_PART * min(parts.meant, LEXICAL_MOST)
    nearness = parts.nearness
    quick = USE_SCALE(nearness) if nearness is not None else None
    if (careful := parts.careful_nearness) is not None:
        return E5_SCALE(careful) + USE_PART * (quick or 0.0) + words
    if not is_careful:
        words *= WORDS_ALONE
    if quick is not None:
        return (STAND_IN + USE_PART) * quick + words
    return words

"""How likely it is that something that was found answers the question. Whoever asks refuses below ANSWERED.

Two things are weighed. How strongly the best passage answers, above the collection's own noise: not its score, for what
puts the right passage first is not what tells that there is one. And what kind of question it is: an instruction to a
machine, nonsense, and a subject that no city deals with lie elsewhere in the encoders' space than a question of a city
does. Weights are fitted by `python -m tools.refusal`; docs/developing/refusal.md tells how good it is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.encoders.centring import DATA
from plaza.retrieval.fusion import LEXICAL_MOST, Parts
from plaza.retrieval.passages import Hit

# What a passage has of a question that is no accident of either: cosines, less a part of what any question has with it (E5
# has learnt to need less of that); its words. Its nearest sentence tells nothing more. Where the
# careful encoder has not read it, the quick one stands in.
E5_USUAL_TAKEN: Final = 0.3
USE_USUAL_TAKEN: Final = 1.0
E5_TELLS: Final = 2.6
USE_TELLS: Final = 1.0
SAID_TELLS: Final = 0.15
MEANT_TELLS: Final = 1.4
USE_STANDS_IN: Final = 3.3
# What else a question may be; the order of the rows in the file.
KINDS: Final = ("prompt", "nonsense", "off-topic")
# How much counts against an answer that the question is no question of a city, and the most that may: a passage that
# clearly has what was asked is quoted all the same.
NO_CITY_COUNTS: Final = 3.0
NO_CITY_MOST: Final = 6.0


@dataclass(frozen=True, slots=True)
class Model:
    """What the evidence weighs; the direction of each kind in the space of both encoders, and what the kinds weigh when
    it is told whether a question is none of a city; and the likelihood from which a question counts as answered."""

    evidence: float
    bias: float
    kinds: Vectors
    kinds_bias: Vectors
    no_city: Vectors
    no_city_bias: float
    answered: float


def strength(parts: Parts) -> float:
    """How strongly a passage answers: about .8 for noise, 1.5 and more for an answer. That it has a phrase in quotation
    marks puts it first and tells nothing here: an instruction to a machine is full of them."""
    words = SAID_TELLS * min(parts.said, LEXICAL_MOST) + MEANT_TELLS * min(parts.meant, LEXICAL_MOST)
    use = parts.use.above(USE_USUAL_TAKEN) if parts.use else 0.0
    if parts.e5 is None:
        return words + USE_STANDS_IN * use
    return words + E5_TELLS * parts.e5.above(E5_USUAL_TAKEN) + USE_TELLS * use


def evidence(hits: Sequence[Hit], noise: float) -> float:
    """The best strength above `noise`, which is what questions that nobody answers find at best in this collection."""
    return max((strength(hit.parts) for hit in hits), default=noise) - noise


def likelihood(hits: Sequence[Hit], vectors: Vectors | None, noise: float) -> float:
    """Between 0 and 1. `vectors`: the question's careful and quick vector, end to end; None where either encoder is
    away, and then it is taken for a question of a city. No hits: 0."""
    if not hits:
        return 0.0
    model = fitted()
    logit = model.evidence * evidence(hits, noise) + model.bias
    if vectors is not None:
        logit -= against(float(model.no_city @ kinds_of(vectors, model)) + model.no_city_bias)
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def kinds_of(vectors: Vectors, model: Model) -> Vectors:
    """How much a question looks like each of KINDS: (3,), 0 is undecided."""
    return np.asarray(model.kinds @ vectors + model.kinds_bias, dtype=np.float32)


def against(no_city: float) -> float:
    """What is taken from the logit of an answer, by the logit of its being no question of a city: nothing where it is
    clearly one."""
    return min(NO_CITY_COUNTS * float(np.logaddexp(0.0, no_city)), NO_CITY_MOST)


@cache
def fitted() -> Model:
    with np.load(DATA / "refusal.npz") as kept:
        return Model(
            evidence=float(kept["evidence"]),
            bias=float(kept["bias"]),
            kinds=kept["kinds"].astype(np.float32),
            kinds_bias=kept["kinds_bias"],
            no_city=kept["no_city"],
            no_city_bias=float(kept["no_city_bias"]),
            answered=float(kept["answered"]),
        )

"""How likely it is that something that was found answers the question. Whoever asks refuses below ANSWERED.

Two things are weighed. What the best passages have of the question: their score above the collection's own noise, the
part of its words that one of them has, in any language, and how much of it is words that nobody here has said. And what
kind of question it is: an instruction to a machine, nonsense, and a subject that no city deals with lie elsewhere in
the encoders' space than a question of a city does. Weights are fitted by `python -m tools.refusal`;
docs/developing/refusal.md tells how good it is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.encoders.centring import DATA
from plaza.retrieval.fusion import LEXICAL_MOST
from plaza.retrieval.passages import Hit
from plaza.retrieval.text import words

# What else a question may be; the order of the rows in the file.
KINDS: Final = ("prompt", "nonsense", "off-topic")
# A question of fewer words says less, whatever it scores; of more, their number tells nothing.
FEW_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the evidence and of the kinds, the direction of each kind in the space of both encoders, what a
    question of a city usually has of each kind, and the likelihood from which a question counts as answered."""

    evidence: Vectors
    bias: float
    kinds: Vectors
    kinds_bias: Vectors
    kind_weights: Vectors
    usual: Vectors
    answered: float


def evidence(question: str, hits: Sequence[Hit], strange: float, noise: float) -> list[float]:
    """What the weights are for: the best score above `noise` (what nonsense scores at best in this collection), the
    greatest part of the question's words that one passage has, whether it has but few words, and how much of it is words
    that nobody here has said (retrieval.query.Outcome)."""
    top = max((hit.score for hit in hits), default=noise)
    meant = max((min(hit.parts.meant, LEXICAL_MOST) for hit in hits), default=0.0)
    return [top - noise, meant, math.log1p(min(len(words(question)), FEW_WORDS)), strange]


def likelihood(question: str, hits: Sequence[Hit], vectors: Vectors | None, strange: float, noise: float) -> float:
    """Between 0 and 1. `vectors`: the question's careful and quick vector, end to end; None where either encoder is
    away, and then it is taken for a question of a city. No hits: 0."""
    if not hits:
        return 0.0
    model = fitted()
    kind = model.usual if vectors is None else kind_of(vectors, model)
    logit = float(np.dot(model.evidence, evidence(question, hits, strange, noise))) + model.bias
    logit += float(model.kind_weights @ kind)
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def kind_of(vectors: Vectors, model: Model) -> Vectors:
    """How much a question looks like each of KINDS: (3,), 0 is undecided. Bounded: beyond doubt is beyond doubt."""
    return np.asarray(np.clip(model.kinds @ vectors + model.kinds_bias, -4.0, 4.0), dtype=np.float32)


@cache
def fitted() -> Model:
    with np.load(DATA / "refusal.npz") as kept:
        return Model(
            evidence=kept["evidence"],
            bias=float(kept["bias"]),
            kinds=kept["kinds"].astype(np.float32),
            kinds_bias=kept["kinds_bias"],
            kind_weights=kept["kind_weights"],
            usual=kept["usual"],
            answered=float(kept["answered"]),
        )

"""What kind of question it is, fitted on a collection of its own: questions of a city, and what is none.

`data/kinds.tsv` (kind, language, words) was written for this, and so were the usual questions of cities
(retrieval.usual); none of the judged questions of the demo is among them, nor anything that nearly repeats one. Needs
settings.
"""

from pathlib import Path
from typing import Final

import numpy as np

from plaza.core.languages import known
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.engines import encoders
from plaza.retrieval.refusal import KINDS
from plaza.retrieval.usual import usual_questions
from tools.refusal.fitting import logistic

FILE: Final = Path(__file__).resolve().parent / "data" / "kinds.tsv"
RIDGE: Final = 30.0
CITY: Final = "city"


def directions() -> tuple[Vectors, Vectors]:
    """For each of KINDS its direction in the space of both encoders, and its bias. About a minute: a thousand questions
    are read."""
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]
    rows += [[CITY, language, words] for language, words in usual_questions()]
    vectors = np.stack([_vectors(words, code) for _, code, words in rows]).astype(np.float64)
    fitted = [
        logistic(vectors, np.array([each == kind for each, _, _ in rows], dtype=float), ridge=RIDGE, balanced=True)
        for kind in KINDS
    ]
    return (
        np.array([weights for weights, _ in fitted], dtype=np.float32),
        np.array([bias for _, bias in fitted], dtype=np.float32),
    )


def _vectors(words: str, code: str) -> Vectors:
    """As retrieval.query sees a question."""
    at_hand, language = encoders(), known(code)
    assert language is not None, code
    assert at_hand.careful is not None
    assert at_hand.quick is not None
    both = [encoder.encode([words], [language], "query")[0] for encoder in (at_hand.careful, at_hand.quick)]
    return np.concatenate(both)

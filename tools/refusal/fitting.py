"""Logistic regression, small and exact: Newton's method with a ridge. And the model of refusal, made of two of them."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from plaza.retrieval.refusal import KINDS, Model, evidence, kind_of
from tools.refusal.questions import Judged

Numbers = NDArray[np.float64]

# How many of the answerable questions that are written with care the threshold refuses; of those typed in haste it
# refuses more. docs/developing/refusal.md has the curve.
REFUSED_AT_MOST: Final = 0.05
FOLDS: Final = 6


def logistic(rows: Numbers, labels: Numbers, *, ridge: float, balanced: bool = False) -> tuple[Numbers, float]:
    """Weights and bias. `ridge` punishes large weights of rows that have been made of equal spread."""
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - centre) / spread, np.ones((len(rows), 1))])
    share = labels.mean()
    importance = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share)) if balanced else np.ones(len(labels))
    penalty = ridge * np.eye(design.shape[1])
    penalty[-1, -1] = 1e-6
    weights = np.zeros(design.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (importance * (likely - labels)) + penalty @ weights
        curve = (design * (importance * likely * (1 - likely))[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    raw = weights[:-1] / spread
    return raw, float(weights[-1] - raw @ centre)


def fit(questions: Sequence[Judged], outcomes: Sequence[Any], noise: float) -> Model:
    """The kinds are fitted first, and judged on questions that did not fit them; then all is weighed together, but for
    questions that lack only a detail: no evidence tells them from answered ones, and they would blunt its weights."""
    vectors = np.stack([each.vectors for each in outcomes]).astype(np.float64)
    labels = np.array([each.is_answerable for each in questions], dtype=float)
    seen = np.array([evidence(q.words, o.hits, o.strange, noise) for q, o in zip(questions, outcomes, strict=True)])
    of_kind = np.zeros((len(questions), len(KINDS)))
    for fold in range(FOLDS):
        out = _folds(questions) == fold
        part = _kinds([q for q, o in zip(questions, out, strict=True) if not o], vectors[~out])
        of_kind[out] = np.array([kind_of(vector, part) for vector in vectors[out]])
    rows = np.hstack([seen, of_kind])
    told = np.array([not each.is_near for each in questions])
    weights, bias = logistic(rows[told], labels[told], ridge=3.0)
    whole = _kinds(questions, vectors)
    careful = np.array([each.is_answerable and each.is_clear for each in questions])
    of_a_city = np.array([each.is_answerable or bool(each.lacks) for each in questions])
    threshold = float(np.quantile(rows[careful] @ weights + bias, REFUSED_AT_MOST))
    return Model(
        evidence=weights[: seen.shape[1]].astype(np.float32),
        bias=bias,
        kinds=whole.kinds,
        kinds_bias=whole.kinds_bias,
        kind_weights=weights[seen.shape[1] :].astype(np.float32),
        usual=of_kind[of_a_city].mean(axis=0).astype(np.float32),
        answered=1 / (1 + float(np.exp(-threshold))),
    )


def cross_validated(questions: Sequence[Judged], outcomes: Sequence[Any], noise: float) -> list[tuple[float, bool]]:
    """For each question its likelihood, and whether it is answered, by a model that has seen neither it nor any other
    question of its recording."""
    from plaza.retrieval import refusal  # patched below, for the length of a fold

    folds = _folds(questions)
    result: list[tuple[float, bool]] = [(0.0, False)] * len(questions)
    kept = refusal.fitted
    try:
        for fold in range(FOLDS):
            inside = [place for place, number in enumerate(folds) if number != fold]
            model = fit([questions[n] for n in inside], [outcomes[n] for n in inside], noise)
            refusal.fitted = lambda model=model: model  # type: ignore[assignment]  # bound now, not later
            for place in np.flatnonzero(folds == fold).tolist():
                each = refusal.likelihood(
                    questions[place].words,
                    outcomes[place].hits,
                    outcomes[place].vectors,
                    outcomes[place].strange,
                    noise,
                )
                result[place] = (each, each >= model.answered)
    finally:
        refusal.fitted = kept
    return result


def _folds(questions: Sequence[Judged]) -> NDArray[np.int_]:
    families = sorted({each.family for each in questions})
    number = {family: place % FOLDS for place, family in enumerate(families)}
    return np.array([number[each.family] for each in questions])


def _kinds(questions: Sequence[Judged], vectors: Numbers) -> Model:
    fitted = [
        logistic(vectors, np.array([each.kind == kind for each in questions], dtype=float), ridge=30.0, balanced=True)
        for kind in KINDS
    ]
    return Model(
        evidence=np.zeros(4, dtype=np.float32),
        bias=0.0,
        kinds=np.array([weights for weights, _ in fitted], dtype=np.float32),
        kinds_bias=np.array([bias for _, bias in fitted], dtype=np.float32),
        kind_weights=np.zeros(len(KINDS), dtype=np.float32),
        usual=np.zeros(len(KINDS), dtype=np.float32),
        answered=0.5,
    )

"""Logistic regression, small and exact: Newton's method with a ridge. And the model of refusal, made of such."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.refusal import Model, against, evidence, kinds_of
from tools.refusal.questions import Asked, Judged

Numbers = NDArray[np.float64]

# How many of the answerable questions that are written with care the threshold refuses; of those typed in haste it
# refuses more. docs/developing/refusal.md has the curve.
REFUSED_AT_MOST: Final = 0.05
# A question whose recording is taken out is one that nobody answers, beside all that was said: it counts less than one
# that was written as such, for other recordings may tell a part of it.
TAKEN_OUT_COUNTS: Final = 0.3
FOLDS: Final = 6


def logistic(
    rows: Numbers, labels: Numbers, *, ridge: float, balanced: bool = False, counts: Numbers | None = None
) -> tuple[Numbers, float]:
    """Weights and bias. `ridge` punishes large weights of rows that have been made of equal spread. `counts`: how much
    each row does."""
    counts = np.ones(len(labels)) if counts is None else counts
    centre, spread = np.average(rows, axis=0, weights=counts), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - centre) / spread, np.ones((len(rows), 1))])
    share = labels.mean()
    importance = counts * (np.where(labels == 1, 0.5 / share, 0.5 / (1 - share)) if balanced else 1.0)
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


def fit(questions: Sequence[Judged], asked: Sequence[Asked], noise: float, kinds: tuple[Vectors, Vectors]) -> Model:
    """The evidence is weighed on questions of a city: those that are answered, those that are not, and the answered
    ones once more with their recordings taken out. Not on those that lack only a detail: no evidence tells them from
    answered ones, and they would blunt its weights. Then whether a question is one of a city, by its kinds."""
    model = _with(kinds)
    of_a_city = np.array([each.is_answerable or bool(each.lacks) for each in questions])
    weighed = [
        ([evidence(each.outcome.hits, noise)], float(question.is_answerable), 1.0)
        for question, each in zip(questions, asked, strict=True)
        if question.is_answerable or (question.lacks and not question.is_near)
    ]
    weighed += [
        ([evidence(each.without, noise)], 0.0, TAKEN_OUT_COUNTS)
        for question, each in zip(questions, asked, strict=True)
        if question.is_answerable
    ]
    rows, labels, counts = (np.array(column, dtype=np.float64) for column in zip(*weighed, strict=True))
    (weight,), bias = logistic(rows, labels, ridge=3.0, counts=counts)
    looks = np.array([kinds_of(each.outcome.vectors, model) for each in asked], dtype=np.float64)
    no_city, no_city_bias = logistic(looks, (~of_a_city).astype(float), ridge=1.0)
    careful = [
        weight * evidence(each.outcome.hits, noise) + bias - against(float(no_city @ look) + no_city_bias)
        for question, each, look in zip(questions, asked, looks, strict=True)
        if question.is_answerable and question.is_clear
    ]
    threshold = float(np.quantile(careful, REFUSED_AT_MOST))
    return replace(
        model,
        evidence=float(weight),
        bias=bias,
        no_city=no_city.astype(np.float32),
        no_city_bias=no_city_bias,
        answered=1 / (1 + float(np.exp(-threshold))),
    )


def cross_validated(questions: Sequence[Judged], asked: Sequence[Asked], noise: float) -> list[tuple[float, bool]]:
    """For each question its likelihood, and whether it is answered, by a model that has seen neither it nor any other
    question of its recording."""
    from plaza.retrieval import refusal  # patched below, for the length of a fold
    from tools.refusal.kinds import directions  # needs settings

    kinds, folds = directions(), _folds(questions)
    result: list[tuple[float, bool]] = [(0.0, False)] * len(questions)
    kept = refusal.fitted
    try:
        for fold in range(FOLDS):
            inside = [place for place, number in enumerate(folds) if number != fold]
            model = fit([questions[n] for n in inside], [asked[n] for n in inside], noise, kinds)
            refusal.fitted = lambda model=model: model  # type: ignore[assignment]  # bound now, not later
            for place in np.flatnonzero(folds == fold).tolist():
                outcome = asked[place].outcome
                each = refusal.likelihood(outcome.hits, outcome.vectors, noise)
                result[place] = (each, each >= model.answered)
    finally:
        refusal.fitted = kept
    return result


def as_shipped(asked: Sequence[Asked], noise: float) -> list[bool]:
    """For each question whether it is answered, by the model that is shipped."""
    from plaza.retrieval.refusal import fitted, likelihood  # not as it was patched above

    return [likelihood(each.outcome.hits, each.outcome.vectors, noise) >= fitted().answered for each in asked]


def _folds(questions: Sequence[Judged]) -> NDArray[np.int_]:
    families = sorted({each.family for each in questions})
    number = {family: place % FOLDS for place, family in enumerate(families)}
    return np.array([number[each.family] for each in questions])


def _with(kinds: tuple[Vectors, Vectors]) -> Model:
    nothing = np.zeros(len(kinds[1]), dtype=np.float32)
    return Model(
        evidence=0.0,
        bias=0.0,
        kinds=kinds[0],
        kinds_bias=kinds[1],
        no_city=nothing,
        no_city_bias=0.0,
        answered=0.5,
    )

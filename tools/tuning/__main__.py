"""Fits the adapter of E5 and writes it down: `python -m tools.tuning [--steps N]`, half an hour on two cores that
know bfloat16, and 6 GB. Needs torch beside Plaza's own requirements: docs/developing/tuning.md."""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from plaza.retrieval.encoders.e5_adapter import FILE
from tools.bench.installation import scratch_installation
from tools.tuning.network import NOWHERE, Network
from tools.tuning.others import Others
from tools.tuning.talks import Question, Talk, talks

STEPS: Final = 200
TALKS_A_STEP: Final = 12
RATE: Final = 1e-3
WARM_STEPS: Final = 8
DECAY: Final = 0.01
STEEPEST: Final = 1.0
# How sharply the nearest passage stands out.
TEMPERATURE: Final = 0.05
# What it weighs to tell whether there is an answer at all, beside finding it; and there, questions about the very
# subject that are not answered: a generous reader would say of some that they are.
TELLING: Final = 0.5
BESIDE_IT: Final = 0.5
# What is kept of what was learnt (Wortsman 2022): what E5 knew of other texts comes back, and of talk little is lost.
KEPT: Final = 0.8
# Of so many passages some words of their own are asked, or it would forget that the same words mean the same.
OF_ITS_OWN: Final = 0.3
FEWEST_WORDS, MOST_WORDS = 5, 12
# Where the line between answered and not stands at first, and how sharp it is: learnt, quickly.
LINE: Final = (15.0, -6.0)
LINE_RATE: Final = 0.05
REPORTED_EVERY: Final = 5


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and passages of some conversations, or the stretches of these: how near they are, which answers which
    question, and which is of its conversation, all (questions, passages); and which question is answered."""

    nearness: Tensor
    answers: Tensor
    own: Tensor
    answered: Tensor


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.tuning", description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    steps = parser.parse_args().steps
    random.seed(0)
    torch.manual_seed(0)
    with scratch_installation():
        told, others = list(talks()), Others()
    print(f"{len(told)} conversations, {sum(len(talk.questions) for talk in told)} questions", flush=True)
    network = Network()
    print(f"before: {others.judged(network)}", flush=True)
    fit(network, told, steps)
    network.shrink(KEPT)
    np.savez_compressed(FILE, **network.learnt())
    print(f"after: {others.judged(network)}", flush=True)


def fit(network: Network, told: Sequence[Talk], steps: int) -> None:
    learnt = [each for each in network.parameters() if each.requires_grad]
    # A line for passages and one for stretches.
    lines = nn.Parameter(torch.tensor([LINE, LINE]))
    optimizer = torch.optim.AdamW(
        [{"params": learnt, "weight_decay": DECAY}, {"params": [lines], "lr": LINE_RATE, "weight_decay": 0.0}]
    )
    began = time.monotonic()
    for step, chosen in zip(range(1, steps + 1), _chosen(told), strict=False):
        warm, cool = min(1.0, step / WARM_STEPS), 0.5 + 0.5 * math.cos(math.pi * step / (steps + 1))
        optimizer.param_groups[0]["lr"] = RATE * warm * cool
        batches = _batches(network, chosen)
        finding = [_finding(batch) for batch in batches]
        telling = [_telling(batch, line) for batch, line in zip(batches, lines, strict=True)]
        (sum(finding) + TELLING * sum(telling)).backward()
        nn.utils.clip_grad_norm_(learnt, STEEPEST)
        optimizer.step()
        optimizer.zero_grad()
        if step % REPORTED_EVERY == 0:
            losses = " ".join(f"{loss:.3f}" for loss in (*finding, *telling))
            print(f"{step}: {losses}, {time.monotonic() - began:.0f} s", flush=True)


def _chosen(told: Sequence[Talk]) -> Iterator[list[Talk]]:
    """Some at a time, all of them before one comes again."""
    while True:
        order = random.sample(told, len(told))
        for start in range(0, len(order) - TALKS_A_STEP + 1, TALKS_A_STEP):
            yield order[start : start + TALKS_A_STEP]


def _batches(network: Network, chosen: Sequence[Talk]) -> tuple[Batch, Batch]:
    """By whole passages, and by their stretches."""
    asked_of = [[*talk.questions, *_of_its_own(talk)] for talk in chosen]
    questions = [each for its in asked_of for each in its]
    passages = [each for talk in chosen for each in talk.passages]
    languages = [talk.language for talk in chosen for _ in talk.passages]
    asked, _ = network(
        [network.read(each.words, "query") for each in questions], [q.language for q in questions], "query"
    )
    whole, stretches = network(
        [network.read(each.text, "passage", each.stretches) for each in passages], languages, "passage"
    )
    answered = torch.tensor([each.is_answered for each in questions])
    batches = []
    for there, sizes, answers_of in (
        (whole, [len(talk.passages) for talk in chosen], [each.passages for each in questions]),
        (
            stretches,
            [sum(len(each.stretches) for each in talk.passages) for talk in chosen],
            [each.stretches for each in questions],
        ),
    ):
        answers = torch.zeros(len(questions), len(there), dtype=torch.bool)
        own = torch.zeros_like(answers)
        row = column = 0
        for its, size in zip(asked_of, sizes, strict=True):
            own[row : row + len(its), column : column + size] = True
            for each in its:
                if each.is_answered:
                    answers[row, [column + number for number in answers_of[row]]] = True
                row += 1
            column += size
        batches.append(Batch(asked @ there.T / TEMPERATURE, answers, own, answered))
    return batches[0], batches[1]


def _of_its_own(talk: Talk) -> Iterator[Question]:
    first = 0
    for number, passage in enumerate(talk.passages):
        words = passage.text.split()
        inside = list(range(first, first + len(passage.stretches)))
        first += len(passage.stretches)
        if random.random() < OF_ITS_OWN and len(words) > MOST_WORDS:
            length = random.randint(FEWEST_WORDS, MOST_WORDS)
            start = random.randrange(len(words) - length)
            its = " ".join(words[start : start + length])
            yield Question(talk.language, its, is_answered=True, passages=[number], stretches=inside)


def _finding(batch: Batch) -> Tensor:
    """How unlikely it is thought that the passages which answer a question do (InfoNCE, van den Oord 2018)."""
    of_all, of_answers = _together(batch.nearness), _together(batch.nearness, batch.answers)
    return (of_all - of_answers)[batch.answered].mean()


def _telling(batch: Batch, line: Tensor) -> Tensor:
    """How wrong it is, with one line for all questions (as SigLIP, Zhai 2023), to take what answers a question for an
    answer, what other conversations have of it for none, and of a question that is not answered what its own has."""
    has, others, beside = (
        line[0] * TEMPERATURE * _together(batch.nearness, which) + line[1]
        for which in (batch.answers, ~batch.own, batch.own)
    )
    return (
        functional.softplus(-has[batch.answered]).mean()
        + functional.softplus(others).mean()
        + BESIDE_IT * functional.softplus(beside[~batch.answered]).mean()
    )


def _together(nearness: Tensor, which: Tensor | None = None) -> Tensor:
    return torch.logsumexp(nearness if which is None else nearness.masked_fill(~which, NOWHERE), 1)


if __name__ == "__main__":
    main()

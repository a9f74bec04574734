"""What the adapter does to conversations that it has not learnt from: those of `tools/refusal/data/talks`."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from plaza.core.languages import Language
from tools.refusal import talks
from tools.refusal.questions import language_named
from tools.tuning.network import Network
from tools.tuning.talks import Passage, under_its_title


class Others:
    def __init__(self) -> None:
        """Needs settings."""
        self._questions = talks.answered()
        self._answers = talks.answers()
        self._passages: list[tuple[str, Language, Passage]] = []
        for file in sorted(talks.FOLDER.glob("*.txt")):
            talk, code, _ = file.name.split(".")
            passages, _ = talks.in_passages(file.read_text("utf-8"), language_named(code))
            self._passages += [(talk, language_named(code), under_its_title(each)) for each in passages]

    @torch.no_grad()
    def judged(self, network: Network) -> str:
        """For how many of a hundred questions a passage of their own conversation is nearest; how often the nearest of it is
        nearer than what another question has that lost its own; the same of stretches, and of both together; and for
        how many the nearest stretch of their conversation has words of the answer."""
        questions = [network.read(each.words, "query") for each in self._questions]
        passages = [network.read(each.text, "passage", each.stretches) for _, _, each in self._passages]
        asked, _ = network(questions, [each.language for each in self._questions], "query")
        there, inside = network(passages, [language for _, language, _ in self._passages], "passage")
        of_passage = np.repeat(np.arange(len(passages)), [len(each.stretches) for each in passages])
        whole, parts = (asked @ there.T).numpy(), (asked @ inside.T).numpy()
        best = np.stack([parts[:, of_passage == number].max(1) for number in range(len(passages))], axis=1)
        own = np.array([[each.family == talk for talk, _, _ in self._passages] for each in self._questions])
        told = []
        for name, careful in (("with care", True), ("in haste", False)):
            chosen = np.array([each.is_clear == careful for each in self._questions])
            for what, near in (("passages", whole), ("stretches", best), ("both", (whole + best) / 2)):
                its, others = (np.where(which, near, -1.0).max(1)[chosen] for which in (own, ~own))
                parted = 100 * (its[:, None] > others[None]).mean()
                told.append(f"{name}, {what}: {100 * (its > others).mean():.1f} first, {parted:.1f} parted")
            found = self._found(np.where(own[:, of_passage], parts, -1.0))[chosen]
            told.append(f"{name}: {100 * found.mean():.1f} told")
        return "\n".join(told)

    def _found(self, near: NDArray[Any]) -> NDArray[np.bool_]:
        stretches = [each.text[span.start : span.end] for _, _, each in self._passages for span in each.stretches]
        return np.array(
            [_share(answer, stretches[best]) for answer, best in zip(self._answers, near.argmax(1), strict=True)]
        )


def _share(answer: str, said: str) -> bool:
    """Whether one is in the other, or they have half of the answer's words in common, three in a row."""
    words, there = answer.split(), said.split()
    rows = {tuple(there[place : place + 3]) for place in range(len(there) - 2)}
    asked = [tuple(words[place : place + 3]) for place in range(len(words) - 2)]
    return answer in said or said.strip() in answer or sum(row in rows for row in asked) * 3 > len(asked)

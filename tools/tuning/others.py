"""What the adapter does to conversations that it has not learnt from: those of `tools/refusal/data/talks`."""

import numpy as np
import torch

from plaza.core.languages import Language
from plaza.retrieval.text import titled
from tools.refusal import talks
from tools.refusal.questions import language_named
from tools.tuning.network import Network


class Others:
    def __init__(self) -> None:
        """Needs settings."""
        self._questions = talks.answered()
        self._passages: list[tuple[str, Language, str]] = []
        for file in sorted(talks.FOLDER.glob("*.txt")):
            talk, code, _ = file.name.split(".")
            passages, _ = talks.in_passages(file.read_text("utf-8"), language_named(code))
            self._passages += [(talk, language_named(code), titled(each.context, each.text)) for each in passages]

    @torch.no_grad()
    def judged(self, network: Network) -> str:
        """For how many of a hundred questions a passage of their own conversation is nearest; and how often the nearest of
        it is nearer than what another question has that lost its own."""
        questions = [network.tokens(each.words, "query") for each in self._questions]
        passages = [network.tokens(text, "passage") for _, _, text in self._passages]
        asked = network(questions, [each.language for each in self._questions], "query")
        there = network(passages, [language for _, language, _ in self._passages], "passage")
        near = (asked @ there.T).numpy()
        own = np.array([[each.family == talk for talk, _, _ in self._passages] for each in self._questions])
        its, others = (np.where(which, near, -1.0).max(1) for which in (own, ~own))
        told = []
        for name, careful in (("with care", True), ("in haste", False)):
            chosen = np.array([each.is_clear == careful for each in self._questions])
            first = 100 * (its > others)[chosen].mean()
            parted = 100 * (its[chosen][:, None] > others[chosen][None]).mean()
            told.append(f"{name} {first:.1f} first, {parted:.1f} parted")
        return "; ".join(told)

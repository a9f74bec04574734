"""The pairs that are installed, each started when it is first needed. For one process of the machine: the encoder
process, where one runs."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from plaza.core.languages import Language
from plaza.retrieval.apertium.base import PATIENCE_SECONDS, NotTranslated
from plaza.retrieval.apertium.modes import MODES, Pair, installed, ways
from plaza.retrieval.apertium.pipeline import Pipeline
from plaza.retrieval.apertium.protecting import to_go_on


class Rows:
    """Each pair is a row of six to eleven programs; together they take some 440 MB while they run."""

    def __init__(self, folder: Path = MODES, patience: float = PATIENCE_SECONDS) -> None:
        self.pipelines: Mapping[Pair, Pipeline] = {pair: Pipeline(row) for pair, row in installed(folder).items()}
        self._patience = patience

    def translate(self, marked: str, source: Language) -> dict[Language, str]:
        """What `protecting.protected` made of a question, as Apertium says it in those of the other languages that can be
        had in time. Raises NotTranslated where there is none."""
        until = time.monotonic() + self._patience
        targets = ways(source, self.pipelines)
        self._start(step for steps in targets.values() for step in steps)
        found: dict[Language, str] = {}
        # The way through the middle language is gone once.
        for target, steps in sorted(targets.items(), key=lambda each: len(each[1])):
            on_the_way = steps[0][1]
            try:
                if len(steps) == 1:
                    found[target] = self.pipelines[steps[0]].ask(marked, until)
                elif on_the_way in found:
                    found[target] = self.pipelines[steps[1]].ask(to_go_on(found[on_the_way]), until)
            except NotTranslated:
                continue
        if not found:
            raise NotTranslated("no pair of this language answers in time" if targets else "no pair is installed")
        return found

    def close(self) -> None:
        for pipeline in self.pipelines.values():
            pipeline.close()

    def _start(self, pairs: Iterable[Pair]) -> None:
        """All that a language needs at once: none waits for another's dictionaries."""
        for pair in set(pairs):
            try:
                self.pipelines[pair].start()
            except NotTranslated:
                continue

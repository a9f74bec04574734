"""Measures how far the inputs of E5's products reach, and notes it in the adapter: `python -m tools.tuning.reach`, a
minute. `tools.tuning` does it too; alone it is for a change of the graph (plaza.retrieval.encoders.e5_graph)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np

from plaza.retrieval.encoders.e5_adapter import FILE, Adapter
from plaza.retrieval.encoders.e5_forward import Network, session
from plaza.retrieval.encoders.e5_graph import NAME, PRODUCTS, graph, reach_of
from plaza.retrieval.encoders.e5_places import windows_of
from plaza.retrieval.encoders.e5_tokens import Tokenizer
from plaza.retrieval.encoders.e5_weights import LAYERS, Floats, WeightsFile, installed
from tools.bench.installation import scratch_installation
from tools.tuning.talks import Talk, talks

# Of the conversations, and of the questions about each of them.
EACH: Final = 20


def main() -> None:
    with scratch_installation():
        note(FILE, talks())


def note(path: Path, told: Iterable[Talk]) -> None:
    with np.load(path) as file:
        kept = {name: file[name] for name in file.files if not name.endswith(".reach")}
    np.savez_compressed(path, **kept, **_measured(path, list(told)[::EACH]))


def _measured(adapter: Path, told: list[Talk]) -> dict[str, Any]:
    """Of each product, the farthest of each input in all of these texts."""
    file = WeightsFile(installed())
    network, tokenizer = Network(file), Tokenizer(file.vocabulary)
    measuring = session(graph(file, Adapter(adapter), is_measured=True).SerializeToString())
    names = [reach_of(layer, product) for layer in range(LAYERS) for product in PRODUCTS]
    farthest: dict[str, Floats] = {}
    windows = [windows_of(tokenizer, passage.text, "passage") for talk in told for passage in talk.passages]
    windows += [windows_of(tokenizer, question.words, "query") for talk in told for question in talk.questions[::EACH]]
    for window in (each for its in windows for each in its):
        inputs = measuring.run(names, {NAME: network.embedded(window)[None]})
        for name, its in zip(names, inputs, strict=True):
            farthest[name] = np.maximum(farthest.get(name, 0.0), np.abs(its[0]).max(axis=0))
    return {name: its.astype(np.float16) for name, its in farthest.items()}


if __name__ == "__main__":
    main()

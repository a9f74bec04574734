"""What E5 has learnt of cities that talk: a low-rank adapter (LoRA, Hu 2021) to the matrices of its layers.

E5 learnt from pages, where an answer uses the question's words. In talk it is told in passing, in another language and
in other words. `python -m tools.tuning` makes the file out of conversations written for it (docs/developing/tuning.md).
"""

import zipfile
from pathlib import Path
from typing import Final

import numpy as np

from plaza.retrieval.encoders.base import EncoderAbsent
from plaza.retrieval.encoders.e5_weights import Floats

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "e5_adapter.npz"


class Adapter:
    """Of each matrix it changes: `down` (rank, inputs), to a few numbers, and `up` (outputs, rank), from them. Of the
    inputs of each product of matrices, (inputs,), how far they reach from zero once it is changed (`e5_graph.reach_of`).
    The file has all of it in 16 bits."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises EncoderAbsent: E5 without it would make other vectors under the same name."""
        try:
            with np.load(path) as file:
                self._kept: dict[str, Floats] = {name: file[name].astype(np.float32) for name in file.files}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise EncoderAbsent(f"the adapter of E5 cannot be read: {error}") from error

    def adapted(self, name: str, weights: Floats) -> Floats:
        """(outputs, inputs): the weights of this matrix with what it adds to them. Raises EncoderAbsent: each has its part."""
        try:
            return np.asarray(weights + self._kept[f"{name}.up"] @ self._kept[f"{name}.down"])
        except (KeyError, ValueError) as error:
            raise _unfit(name) from error

    def reach(self, name: str, inputs: int) -> Floats:
        """(inputs,). Raises EncoderAbsent: what reaches farther than was told would be cut off."""
        reach = self._kept.get(name)
        if reach is None or reach.shape != (inputs,) or not np.isfinite(reach).all():
            raise _unfit(name)
        return reach


def _unfit(name: str) -> EncoderAbsent:
    return EncoderAbsent(f"the adapter of E5 cannot be read: nothing that fits {name}")

"""What E5 has learnt of cities that talk: a low-rank adapter (LoRA, Hu 2021) to the matrices of its layers.

E5 learnt from pages, where an answer uses the question's words. In talk it is told in passing, in another language and
in other words. `python -m tools.tuning` makes the file out of conversations written for it (docs/developing/tuning.md).
"""

from pathlib import Path
from typing import Final

import numpy as np

from plaza.retrieval.encoders.base import EncoderAbsent, arrays
from plaza.retrieval.encoders.e5_weights import Floats

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "e5_adapter.npz"


class Adapter:
    """Of each matrix it changes: `down` (rank, inputs), to a few numbers, and `up` (outputs, rank), from them. The file
    has them in 16 bits."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises EncoderAbsent: E5 without it would make other vectors under the same name."""
        self._kept = {name: its.astype(np.float32) for name, its in arrays(path, "the adapter of E5").items()}

    def adapted(self, name: str, weights: Floats) -> Floats:
        """(outputs, inputs): the weights of this matrix with what it adds to them. Raises EncoderAbsent: each has its part."""
        try:
            return np.asarray(weights + self._kept[f"{name}.up"] @ self._kept[f"{name}.down"])
        except (KeyError, ValueError) as error:
            raise EncoderAbsent(f"the adapter of E5 cannot be read: nothing that fits {name}") from error

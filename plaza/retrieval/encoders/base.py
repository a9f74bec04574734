"""What an encoder is."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import Language

Vectors = NDArray[np.float32]
Role = Literal["query", "passage"]


class EncoderAbsent(Exception):
    """The engine is not installed, cannot run on this processor, or its process does not answer."""


class Encoder(Protocol):
    """Texts to unit vectors, centred by language. `name` goes with every vector into the index: vectors
    of different names are never compared."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        """(n, dimensions) float32, each row of length 1. Raises EncoderAbsent."""
        ...

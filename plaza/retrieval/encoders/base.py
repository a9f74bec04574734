"""What an encoder is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import Language
from plaza.retrieval.text import Span

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


@runtime_checkable
class ReadsStretches(Protocol):
    """An encoder that tells of a passage which of its sentences is meant."""

    def encode_with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Sequence[Span]], languages: Sequence[Language]
    ) -> tuple[Vectors, list[Vectors]]:
        """Passages as `encode` gives them, (n, dimensions); and for each, in order, the stretches of it that are named,
        (stretches, dimensions), each row of length 1. Raises EncoderAbsent."""
        ...


def arrays(path: Path, called: str) -> dict[str, NDArray[Any]]:
    """Those of a file that comes with Plaza, by name. Raises EncoderAbsent where it is damaged or gone."""
    try:
        with np.load(path) as file:
            return {name: file[name] for name in file.files}
    except Exception as error:  # zip, zlib and numpy's own header each fail in ways of their own
        raise EncoderAbsent(f"{called} cannot be read: {error}") from error


def shared_out(rows: Vectors, stretches: Sequence[Sequence[Span]]) -> list[Vectors]:
    """Of the rows of all stretches, to each text its own."""
    return np.split(rows, np.cumsum([len(its) for its in stretches])[:-1]) if stretches else []

"""Language centring: the step that makes four languages one space.

Texts of one language share a direction that has nothing to do with what they say; a fraction of its mean
is taken away before lengths are made one again. The means were computed on a few hundred texts a
language and role, and serve other domains too (docs/developing tells how much this gains).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from plaza.core.languages import LANGUAGES, Language
from plaza.retrieval.encoders.base import Role, Vectors, arrays

DATA: Final = Path(__file__).resolve().parent.parent / "data"
FRACTION: Final = 0.85


class Centring:
    def __init__(self, file_name: str) -> None:
        """Raises EncoderAbsent where the file is damaged."""
        means = arrays(DATA / file_name, "the means of the languages")
        self._means = {
            (role, language): np.asarray(FRACTION * means[f"{role}_{language}"], dtype=np.float32)
            for role in ("query", "passage")
            for language in LANGUAGES
        }

    def taken(self, role: Role, language: Language) -> Vectors:
        """What is taken away from a vector of this role and language: (dimensions,)."""
        return self._means[role, language]

    def __call__(self, raw: Vectors, languages: Sequence[Language], role: Role) -> Vectors:
        means = np.stack([self.taken(role, language) for language in languages])
        return unit(raw - means)


def unit(vectors: Vectors) -> Vectors:
    """Each row made of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)

"""Unit vectors as signed bytes: a quarter of the space, and one number loses at most 0.4 % of the unit."""

import numpy as np

from plaza.retrieval.encoders.base import Vectors


def packed(vectors: Vectors) -> bytes:
    return np.clip(np.rint(vectors * 127), -127, 127).astype(np.int8).tobytes()


def unpacked(data: bytes, dimensions: int) -> Vectors:
    """(n, dimensions) float32."""
    whole = np.frombuffer(data, dtype=np.int8).reshape(-1, dimensions)
    return whole.astype(np.float32) / np.float32(127)

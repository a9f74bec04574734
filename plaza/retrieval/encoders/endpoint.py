"""A careful encoder that the host runs elsewhere: any embeddings endpoint that speaks OpenAI's protocol.

What it answers is believed in nothing: a wrong number of vectors, another dimension, a zero where a direction should
be, all make it absent, and search goes on without. Vectors of differently configured endpoints never meet, for the
configuration is in their name.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import Language
from plaza.retrieval.encoders.base import EncoderAbsent, Role, Vectors
from plaza.retrieval.encoders.breaker import Breaker
from plaza.retrieval.text import LONGEST_PASSAGE, LONGEST_QUERY, safe

# A person waits for a query; a job does not mind waiting for passages.
PATIENCE_SECONDS: Final[Mapping[Role, float]] = {"query": 3.0, "passage": 60.0}
LONGEST_TEXT: Final[Mapping[Role, int]] = {"query": LONGEST_QUERY, "passage": LONGEST_PASSAGE}
AT_ONCE: Final = 16
# A number written out, with the spaces that some put around it; and what else stands in an answer.
MOST_BYTES_A_NUMBER: Final = 64
MOST_BYTES_BESIDES: Final = 64 * 1024
# The column of the index holds 60 characters; the rest of a longer name is in the hash.
LONGEST_MODEL: Final = 36
SMALLEST: Final = 1e-12


class Post(Protocol):
    """The way out, handed in by whoever knows the key."""

    def __call__(self, url: str, data: bytes, *, seconds: float, most_bytes: int) -> tuple[int, bytes]:
        """Status and body. Raises EncoderAbsent."""
        ...


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the host says of the endpoint. Some models want a prefix before a query and another before a passage."""

    url: str
    model: str
    dimensions: int
    query_prefix: str = ""
    passage_prefix: str = ""

    def name(self) -> str:
        whole = json.dumps([self.url.rstrip("/"), self.model, self.query_prefix, self.passage_prefix])
        short = hashlib.sha256(whole.encode()).hexdigest()[:8]
        return f"endpoint:{self.model[:LONGEST_MODEL]}:{self.dimensions}:{short}"


class Endpoint:
    """One request for sixteen texts. After a query without an answer the next ones are not tried for a while; passages
    always are, for nobody waits. The languages of the texts are not needed: a model that has its own space for each
    language is not put right here."""

    def __init__(
        self,
        configuration: Configuration,
        post: Post,
        *,
        patience: Mapping[Role, float] = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = configuration.name()
        self.dimensions = configuration.dimensions
        self._configuration = configuration
        self._post = post
        self._patience = patience
        self._breaker = Breaker(clock)

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        if role == "passage":
            return self._encoded(texts, role)
        if not self._breaker.may_try():
            raise EncoderAbsent("the embeddings endpoint gave no answer a moment ago, and is left alone for a while")
        try:
            vectors = self._encoded(texts, role)
        except Exception:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return vectors

    def _encoded(self, texts: Sequence[str], role: Role) -> Vectors:
        batches = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
        return np.concatenate([self._asked(batch, role) for batch in batches])

    def _asked(self, texts: Sequence[str], role: Role) -> Vectors:
        configuration = self._configuration
        prefix = configuration.query_prefix if role == "query" else configuration.passage_prefix
        # An empty text is refused by some; a stroke says as little.
        inputs = [prefix + (safe(text, LONGEST_TEXT[role]) or "-") for text in texts]
        question = {"model": configuration.model, "input": inputs, "encoding_format": "float"}
        status, body = self._post(
            f"{configuration.url.rstrip('/')}/embeddings",
            json.dumps(question).encode(),
            seconds=self._patience[role],
            most_bytes=MOST_BYTES_BESIDES + len(texts) * self.dimensions * MOST_BYTES_A_NUMBER,
        )
        # What else it says is not repeated: it may hold the key.
        if 300 <= status < 400:
            raise EncoderAbsent(f"the embeddings endpoint sends us elsewhere (status {status}), where we do not go")
        if status != 200:
            raise EncoderAbsent(f"the embeddings endpoint answered with status {status}")
        return _vectors(body, len(texts), self.dimensions)


def _vectors(body: bytes, count: int, dimensions: int) -> Vectors:
    """Those of an answer, in the order of the texts, each of length 1."""
    try:
        data = json.loads(body)["data"]
        rows = {row["index"]: row["embedding"] for row in data}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise EncoderAbsent("the embeddings endpoint gave an answer that is no list of embeddings") from error
    if len(data) != count or set(rows) != set(range(count)):
        raise EncoderAbsent(f"the embeddings endpoint gave {len(data)} vectors for {count} texts, or misnumbered them")
    return np.stack([_unit(rows[number], dimensions) for number in range(count)])


def _unit(numbers: object, dimensions: int) -> Vectors:
    if not isinstance(numbers, list) or len(numbers) != dimensions:
        found = f"{len(numbers)} numbers" if isinstance(numbers, list) else "no list of numbers"
        raise EncoderAbsent(f"the embeddings endpoint gave {found} where its vectors have {dimensions} dimensions")
    if not all(type(number) in (int, float) for number in numbers):
        raise EncoderAbsent("the embeddings endpoint gave a vector that is not made of numbers")
    try:
        vector: NDArray[np.float64] = np.array(numbers, dtype=np.float64)
    except OverflowError as error:
        raise EncoderAbsent("the embeddings endpoint gave a number beyond all numbers") from error
    greatest = float(np.abs(vector).max())
    if not np.isfinite(greatest) or greatest < SMALLEST:
        raise EncoderAbsent("the embeddings endpoint gave a vector without a direction")
    vector = vector / greatest  # else the squares of great numbers are beyond all numbers
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

"""The encoders as other processes reach them."""

import socket
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from plaza.core.languages import Language, known
from plaza.retrieval.encoders import wire
from plaza.retrieval.encoders.base import EncoderAbsent, Role, Vectors, shared_out
from plaza.retrieval.text import Span

# A person waits for a query; a job does not mind waiting for passages.
PATIENCE_SECONDS: Final = {"query": 3.0, "passage": 120.0}
# It ends its own waiting first.
TRANSLATION_SECONDS: Final = 0.2


class RemoteEncoder:
    """One engine in the encoder process. Whatever goes wrong there is EncoderAbsent here."""

    def __init__(self, address: str, name: str, dimensions: int) -> None:
        self.name = name
        self.dimensions = dimensions
        self._address = address

    def encode(self, texts: Sequence[str], languages: Sequence[Language], role: Role) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._vectors(texts, languages, role)

    def encode_with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Sequence[Span]], languages: Sequence[Language]
    ) -> tuple[Vectors, list[Vectors]]:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32), []
        vectors = self._vectors(texts, languages, "passage", stretches)
        return vectors[: len(texts)], shared_out(vectors[len(texts) :], stretches)

    def _vectors(
        self,
        texts: Sequence[str],
        languages: Sequence[Language],
        role: Role,
        stretches: Sequence[Sequence[Span]] | None = None,
    ) -> Vectors:
        """A row for each text, and after them one for each stretch."""
        question: dict[str, Any] = {
            "encoder": self.name,
            "role": role,
            "texts": list(texts),
            "languages": list(languages),
        }
        if stretches is not None:
            question["stretches"] = [[[each.start, each.end] for each in its] for its in stretches]
        _, body = _answer(self._address, question, PATIENCE_SECONDS[role])
        rows = len(texts) + sum(map(len, stretches or ()))
        vectors = np.frombuffer(body, dtype=np.float32)
        if vectors.size != rows * self.dimensions:
            raise EncoderAbsent("the encoder process gave another number of values than was asked for")
        return vectors.reshape(rows, self.dimensions)


def language_by(address: str, text: str) -> Language | None:
    """Which of the four languages a text is in, as the encoder process sees it. Raises EncoderAbsent."""
    head, _ = _answer(address, {"identify": text}, PATIENCE_SECONDS["query"])
    return known(head.get("language"))


def translated_by(address: str, marked: str, source: Language) -> dict[Language, str]:
    """What Apertium makes of a question there (retrieval.apertium). Raises EncoderAbsent."""
    head, _ = _answer(address, {"translate": marked, "language": source}, TRANSLATION_SECONDS)
    said = head.get("translated")
    if not isinstance(said, dict):
        raise EncoderAbsent("the encoder process gave an answer that is no translation")
    return {target: str(words) for code, words in said.items() if (target := known(code)) is not None}


def _answer(address: str, question: dict[str, Any], patience: float) -> tuple[dict[str, Any], bytes]:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(patience)
            connection.connect(address)
            wire.send(connection, question)
            head, body = wire.receive(connection)
    except (OSError, EOFError, ValueError) as error:
        raise EncoderAbsent(f"the encoder process does not answer: {error}") from error
    if "absent" in head:
        raise EncoderAbsent(str(head["absent"]))
    return head, body


def answers(address: str) -> bool:
    """Whether an encoder process listens at this address."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1.0)
            connection.connect(address)
    except OSError:
        return False
    return True

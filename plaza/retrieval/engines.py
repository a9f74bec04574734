"""Which encoders this process uses: those of the encoder process where one is running, else its own; and in E5's
place the endpoint that the host configured.

While a new careful encoder reads the collection, questions go on being asked with the former one, if it can still run.
"""

import time
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeAlias

from django.conf import settings
from pydantic import SecretStr

from plaza.core import egress
from plaza.retrieval.apertium import Translator
from plaza.retrieval.apertium.modes import installed
from plaza.retrieval.apertium.rows import Rows
from plaza.retrieval.apertium.translating import Apertium, RemoteRows
from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.client import RemoteEncoder
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.endpoint import Configuration, Endpoint, Post
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.models import Collection, Vector
from plaza.retrieval.query import Encoders

Engine: TypeAlias = type[E5] | type[Use] | type[UseWords]

# The part of a collection that a new encoder must have read before questions are asked with it.
ENOUGH: Final = 0.99
COUNTED_EVERY_SECONDS: Final = 30.0
# Other processes count for themselves, and may ask with the former one a little longer.
FORGOTTEN_AFTER_SECONDS: Final = 2 * COUNTED_EVERY_SECONDS


@cache
def encoders() -> Encoders:
    """Those that read passages. Costs a second the first time in a process of its own (models are read), nothing
    afterwards. To ask, take `encoders_for`."""
    careful = _endpoint() if settings.EMBEDDER_URL else _reach(E5)
    return Encoders(careful=careful, quick=_reach(Use), words=_reach(UseWords), translator=_translator())


def encoders_for(collection: Collection) -> Encoders:
    """Those to ask this collection with."""
    return replace(encoders(), careful=careful_for(collection))


def careful_for(collection: Collection) -> Encoder | None:
    """The preferred careful encoder once it has read nearly everything; until then the one that has read more."""
    preferred = encoders().careful
    if preferred is None or not settings.EMBEDDER_URL or _coverage(collection, preferred).is_enough():
        return preferred
    at_hand = [each for each in (preferred, _former()) if each is not None]
    return max(at_hand, key=lambda each: _coverage(collection, each).part)


def names_in_use(collection: Collection) -> set[str] | None:
    """The encoders whose vectors are needed; None while questions may still be asked with a former one. The first
    look in a process only notes the time: that one switched over a minute ago must have been seen."""
    preferred = encoders().careful
    if preferred is None:
        return None
    coverage = _coverage(collection, preferred)
    if not coverage.is_enough() or time.monotonic() - coverage.enough_since < FORGOTTEN_AFTER_SECONDS:
        return None
    return {preferred.name, Use.name, UseWords.name}


@dataclass(frozen=True, slots=True)
class _Coverage:
    part: float
    counted_at: float
    enough_since: float

    def is_enough(self) -> bool:
        return self.part >= ENOUGH


_counted: dict[tuple[int, str], _Coverage] = {}


def _coverage(collection: Collection, encoder: Encoder) -> _Coverage:
    """How much of the collection an encoder has read, counted now and then."""
    key, now = (collection.pk, encoder.name), time.monotonic()
    last = _counted.get(key)
    if last is not None and now - last.counted_at < COUNTED_EVERY_SECONDS:
        return last
    seen = Vector.objects.filter(collection=collection, encoder=encoder.name).count()
    passages = Collection.objects.values_list("passages", flat=True).get(pk=collection.pk)
    part = seen / passages if passages else 1.0
    since = last.enough_since if last is not None and last.is_enough() else now
    _counted[key] = _Coverage(part, counted_at=now, enough_since=since)
    return _counted[key]


@cache
def _former() -> Encoder | None:
    """Whose vectors may stand in the index from before the endpoint was configured."""
    return _reach(E5)


def _reach(engine: Engine) -> Encoder | None:
    if settings.EMBEDDER_SOCKET:
        return RemoteEncoder(settings.EMBEDDER_SOCKET, engine.name, engine.dimensions)
    try:
        return engine()
    except EncoderAbsent:
        return None


def _translator() -> Translator | None:
    """None where the host does not want it, or has no pair of languages of it."""
    if not settings.APERTIUM or not installed():
        return None
    return Apertium(RemoteRows(settings.EMBEDDER_SOCKET) if settings.EMBEDDER_SOCKET else Rows())


def _endpoint() -> Endpoint:
    configuration = Configuration(
        url=settings.EMBEDDER_URL,
        model=settings.EMBEDDER_MODEL,
        dimensions=settings.EMBEDDER_DIMENSIONS,
        query_prefix=settings.EMBEDDER_QUERY_PREFIX,
        passage_prefix=settings.EMBEDDER_PASSAGE_PREFIX,
    )
    return Endpoint(configuration, posting(settings.EMBEDDER_URL, settings.EMBEDDER_KEY))


def posting(inside: str, key: SecretStr) -> Post:
    """The way to the endpoint, by the one door out."""

    def post(url: str, data: bytes, *, seconds: float, most_bytes: int) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key.get_secret_value():
            headers["Authorization"] = f"Bearer {key.get_secret_value()}"
        try:
            answer = egress.post(url, data, inside=inside, headers=headers, seconds=seconds, most_bytes=most_bytes)
        except egress.NotFetched as reason:
            raise EncoderAbsent(f"the embeddings endpoint gave no answer: {reason.why}") from reason
        return answer.status, answer.data

    return post

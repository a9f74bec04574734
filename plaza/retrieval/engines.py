"""Which encoders this process uses: those of the encoder process where one is running, else its own."""

from functools import cache
from typing import TypeAlias

from django.conf import settings

from plaza.retrieval.encoders import Encoder, EncoderAbsent
from plaza.retrieval.encoders.client import RemoteEncoder
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.query import Encoders

Engine: TypeAlias = type[E5] | type[Use] | type[UseWords]


@cache
def encoders() -> Encoders:
    """Costs a second the first time in a process of its own (models are read), nothing afterwards."""
    return Encoders(careful=_reach(E5), quick=_reach(Use), words=_reach(UseWords))


def _reach(engine: Engine) -> Encoder | None:
    if settings.EMBEDDER_SOCKET:
        return RemoteEncoder(settings.EMBEDDER_SOCKET, engine.name, engine.dimensions)
    try:
        return engine()
    except EncoderAbsent:
        return None

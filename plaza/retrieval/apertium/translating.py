"""A question in the other languages, names as they were: protected before, put back after."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Protocol

from plaza.core.languages import Language
from plaza.retrieval.apertium.base import NotTranslated
from plaza.retrieval.apertium.protecting import known, protected, put_back
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.encoders.client import translated_by
from plaza.retrieval.text import LONGEST_QUERY, safe

# As many as the threads of a web process may ask at once.
_beside: Final = ThreadPoolExecutor(max_workers=8, thread_name_prefix="apertium")


class Engine(Protocol):
    def translate(self, marked: str, source: Language) -> Mapping[Language, str]:
        """Raises NotTranslated."""
        ...


class Apertium:
    """The translator, over the programs of this process or those of the encoder process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, text: str, source: Language) -> Future[Mapping[Language, str]]:
        # Names are looked for here, in the caller's thread: they may be asked of the database.
        marked, kept = protected(safe(text, LONGEST_QUERY))
        return _beside.submit(self._translated, marked, kept, source)

    def _translated(self, marked: str, kept: Sequence[str], source: Language) -> Mapping[Language, str]:
        said = self._engine.translate(marked, source)
        return {target: put_back(known(words), kept) for target, words in said.items()}


class RemoteRows:
    """The programs of the encoder process, which all processes of the installation share."""

    def __init__(self, address: str) -> None:
        self._address = address

    def translate(self, marked: str, source: Language) -> Mapping[Language, str]:
        try:
            return translated_by(self._address, marked, source)
        except EncoderAbsent as reason:
            raise NotTranslated(str(reason)) from reason

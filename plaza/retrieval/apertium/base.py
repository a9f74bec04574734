"""What translates a question."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Final, Protocol

from plaza.core.languages import Language

# So long a question waits at most: then it is asked without.
PATIENCE_SECONDS: Final = 0.15


class NotTranslated(Exception):
    """Apertium is not installed, still starting, dead, or too slow this time."""


class Translator(Protocol):
    def begin(self, text: str, source: Language) -> Future[Mapping[Language, str]]:
        """The question in those of the other languages that can be had in time, made while the caller does other things.
        Names and numbers stand as they were. The future raises NotTranslated."""
        ...

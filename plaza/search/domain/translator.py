"""A machine that translates: a server of the host's that speaks LibreTranslate's protocol.

`POST /translate` with `{"q": […], "source": "es", "target": "pt", "format": "text", "api_key": …}` is answered by
`{"translatedText": […]}`, one for each, in their order; an error by `{"error": …}` and its status (docs.libretranslate.com).
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from django.conf import settings

from plaza.core import egress
from plaza.core.languages import Language
from plaza.retrieval.encoders.breaker import Breaker
from plaza.retrieval.text import safe

MOST_BYTES: Final = 256 * 1024
# A translation that is so much longer than what was said is none.
MOST_TIMES_LONGER: Final = 4
LEAST_ALLOWED: Final = 200

# The body, the patience in seconds -> the status and the body of the answer. Raises NoTranslation.
Post = Callable[[bytes, float], tuple[int, bytes]]


class NoTranslation(Exception):
    """The server gave none; the reason holds neither its words nor the key."""


class Translator:
    """After a failure it is left alone for a while: a server that hangs costs one reader her patience, and not everyone."""

    def __init__(self, post: Post, key: str = "", breaker: Breaker | None = None) -> None:
        self._post = post
        self._key = key
        self._breaker = breaker or Breaker()

    def translate(self, texts: Sequence[str], source: Language, target: Language, *, seconds: float) -> list[str]:
        """Each in `target`, in their order. Raises NoTranslation."""
        if not self._breaker.may_try():
            raise NoTranslation("the translator gave no answer a moment ago, and is left alone for a while")
        try:
            found = self._asked(texts, source, target, seconds)
        except NoTranslation:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return found

    def _asked(self, texts: Sequence[str], source: Language, target: Language, seconds: float) -> list[str]:
        question = {"q": list(texts), "source": source, "target": target, "format": "text"}
        if self._key:
            question["api_key"] = self._key
        status, body = self._post(json.dumps(question).encode(), seconds)
        if status != 200:
            raise NoTranslation(f"the translator answered with status {status}")
        try:
            said = json.loads(body)["translatedText"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NoTranslation("the translator gave an answer that is no translation") from error
        if not isinstance(said, list) or len(said) != len(texts):
            raise NoTranslation("the translator gave more or fewer texts than it was asked for")
        return [_checked(text, of) for text, of in zip(said, texts, strict=True)]


def _checked(text: object, of: str) -> str:
    most = MOST_TIMES_LONGER * len(of) + LEAST_ALLOWED
    if not isinstance(text, str) or not (words := safe(text, most + 1).strip()) or len(words) > most:
        raise NoTranslation("the translator gave something that is no text, or far too much of it")
    return words


def translator() -> Translator | None:
    """None where the host has none."""
    return (
        _reach(settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY.get_secret_value()) if settings.TRANSLATOR_URL else None
    )


@lru_cache(maxsize=4)
def _reach(url: str, key: str) -> Translator:
    def post(data: bytes, seconds: float) -> tuple[int, bytes]:
        address = f"{url.rstrip('/')}/translate"
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            answer = egress.post(address, data, inside=url, headers=headers, seconds=seconds, most_bytes=MOST_BYTES)
        except egress.NotFetched as reason:
            raise NoTranslation(f"the translator gave no answer: {reason.why}") from reason
        return answer.status, answer.data

    return Translator(post, key)

"""Which of the four languages a question is in."""

from typing import Final

from django.conf import settings

from plaza.core.languages import Language
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.encoders.client import language_by
from plaza.retrieval.encoders.identify import identify

FEWEST_WORDS: Final = 3


def language_of(text: str) -> Language | None:
    """None where there are too few words to tell, or the process that can tell does not answer."""
    if len(text.split()) < FEWEST_WORDS:
        return None
    if not settings.EMBEDDER_SOCKET:
        return identify(text)
    try:
        return language_by(settings.EMBEDDER_SOCKET, text)
    except EncoderAbsent:
        return None

"""Which of the four languages a text is in."""

from functools import cache
from typing import Any, Final

from plaza.core.languages import LANGUAGES, Language, known

FEWEST_WORDS: Final = 3


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow import: reads its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def language_of(text: str) -> Language | None:
    """None where there are too few words to tell."""
    if len(text.split()) < FEWEST_WORDS:
        return None
    code, _ = _identifier().classify(text[:2000])
    return known(code)

"""Which of the four languages a text is in, by py3langid. Its model weighs 100 MB: it is read in one process only."""

from functools import cache
from typing import Any

from plaza.core.languages import LANGUAGES, Language, known

LONGEST = 2000


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow import: reads its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def identify(text: str) -> Language | None:
    code, _ = _identifier().classify(text[:LONGEST])
    return known(code)

"""Which of the network's languages a text is in: a transcript, a page.

The small words of a language are counted first: they decide any real transcript in a millisecond.
py3langid decides what is too short for that; its model takes 0.7 s and 110 MB to load, too much
for each file.
"""

import io
import lzma
import re
from array import array
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from plaza.core.languages import LANGUAGES, Language, known

_SAMPLE: Final = 6000
_LEAST_WORDS: Final = 3
_LEAST_SEEN: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]+")
_SOUND: Final = re.compile(r"\[[^\[\]]{0,80}\]|\([^()]{0,80}\)|♪")


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words of one language that none of the other three writes the same way.
_SMALL_WORDS: Final[dict[Language, frozenset[str]]] = {
    "es": _each(
        "el los las del y una con pero muy está hay también nosotros entonces este lo al ya sus eso esto"
        " ustedes aquí ahora más son han hacer tenemos ciudades cómo qué sí"
    ),
    "pt": _each(
        "o os não uma um do da dos das em ao são com mas muito você isso também foi é pela pelo seu nós aqui"
        " então já gente à às temos fazer cidades num numa até"
    ),
    "en": _each(
        "the and of to is that we it this with are have you our they be was what can will so if there which"
        " from been has would your"
    ),
    "fr": _each(
        "le des et une est dans pour nous vous pas qui sur avec ce cette du aux sont au ils je il elle mais"
        " donc été leur ces fait être où"
    ),
}


def language_of(tag: str | None, texts: Sequence[str]) -> Language | None:
    """The language the header names, if it is one of ours; else what the words say.

    None under three words; sounds in brackets are no words.
    """
    if language := known(tag):
        return language
    sample = _SOUND.sub(" ", _sample(texts))
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _LEAST_WORDS:
        return None
    return _by_small_words(words) or _by_model(sample)


def _sample(texts: Sequence[str]) -> str:
    """About 6,000 characters from all over the file: greetings are often in another language."""
    total = sum(map(len, texts))
    step = max(1, total // _SAMPLE)
    return " ".join(text[:_SAMPLE] for text in texts[::step])[: 2 * _SAMPLE]


def _by_small_words(words: Sequence[str]) -> Language | None:
    seen = {language: sum(word in small for word in words) for language, small in _SMALL_WORDS.items()}
    first, second = sorted(seen, key=lambda language: -seen[language])[:2]
    return first if seen[first] >= _LEAST_SEEN and seen[first] >= 2 * seen[second] else None


def _by_model(sample: str) -> Language | None:
    language, _confidence = _identifier().classify(sample)
    return known(language)


@cache
def _identifier() -> Any:
    """py3langid's model for our languages, unpacked in memory.

    Its own loader unpacks into a temporary file, and a reader in the sandbox may write none.
    """
    numpy, langid = import_module("numpy"), import_module("py3langid.langid")  # slow imports, 0.1 s
    with lzma.open(langid.MODEL_DIR / langid.MODEL_FILE) as packed:
        unpacked = io.BytesIO(packed.read())
    with numpy.load(unpacked, allow_pickle=False) as model:
        identifier = langid.LanguageIdentifier(
            model["ptc"],
            model["pc"],
            model["classes"].tolist(),
            _machine_array(model["nextmove"]),
            model["out_feat"].tolist(),
            tk_row=_machine_array(model["nextmove_row"]),
        )
    identifier.set_languages(LANGUAGES)
    return identifier


def _machine_array(numbers: Any) -> "array[int]":
    """Plain arrays are read one element at a time far quicker than numpy's."""
    return array("H" if numbers.dtype.itemsize == 2 else "I", numbers.tobytes())

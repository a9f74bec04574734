"""Finds the directions in which single words differ, for plaza/retrieval/encoders/words.py, from the words of the
demo's captions (ours, CC0), and writes plaza/retrieval/data/word_axes_use.npz. Run again only with another encoder:

    python -m tools.word_axes
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

import numpy as np

from plaza.core.languages import LANGUAGES, Language, known
from plaza.formats.transcript import read
from plaza.retrieval.encoders.centring import DATA, FRACTION, unit
from plaza.retrieval.encoders.use import engine
from plaza.retrieval.encoders.words import DIMENSIONS
from plaza.retrieval.terms import words_with_terms

CAPTIONS: Final = Path(__file__).resolve().parent.parent / "plaza" / "demo" / "data" / "captions"


def main() -> None:
    vectors = {language: unit(engine()(words)) for language, words in _words().items()}
    means = {language: vectors[language].mean(axis=0) for language in LANGUAGES}
    centred = unit(np.concatenate([vectors[each] - FRACTION * means[each] for each in LANGUAGES]))
    # The principal axes, the strongest last.
    _, axes = np.linalg.eigh(centred.T @ centred)
    np.savez(
        DATA / "word_axes_use.npz",
        axes=axes[:, -DIMENSIONS:].astype(np.float16),
        **{f"mean_{language}": mean.astype(np.float16) for language, mean in means.items()},
    )


def _words() -> dict[Language, list[str]]:
    """Each term of a language by the word it is most often said as."""
    said: dict[Language, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for file in sorted(CAPTIONS.glob("*.vtt")):
        language = known(file.name.split(".")[-2])
        assert language is not None, file.name
        for segment in read(file.read_bytes()).segments:
            for word, term in words_with_terms(segment.text, language):
                said[language][term][word] += 1
    return {
        language: [forms.most_common(1)[0][0] for _, forms in sorted(terms.items())] for language, terms in said.items()
    }


if __name__ == "__main__":
    main()

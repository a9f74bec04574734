"""How near usual questions come to a passage.

In a space of many dimensions some passages are near to every question ("hubs"; Radovanović 2010): *votar é a parte
fácil* comes up whatever is asked of votes, fees or phones. And a passage in the language of the question is nearer than
one in another. Both are seen at once in what the nearest of 452 questions of cities, in the language of the question,
have with the same passage (CSLS, Conneau 2018, the passages' half of it): ranking takes a part of it away, refusal most.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from plaza.core.languages import LANGUAGES, Language, known
from plaza.retrieval.encoders import Encoder
from plaza.retrieval.encoders.base import Vectors
from plaza.retrieval.models import Collection, Vector

DATA: Final = Path(__file__).resolve().parent / "data"
# Of a language; one alone would be the accident of a question that was really asked.
NEAREST: Final = 3
AT_ONCE: Final = 1000


def usual_of(encoder: Encoder, vectors: Vectors) -> NDArray[np.float32]:
    """(n, dimensions) of passages → (n, 4), for LANGUAGES in order. Raises EncoderAbsent."""
    asked = _asked(encoder)
    near = [np.sort(vectors @ asked[language].T, axis=1)[:, -NEAREST:].mean(axis=1) for language in LANGUAGES]
    return np.stack(near, axis=1)


def note_usual(collection: Collection, encoder: Encoder) -> int:
    """Measures it for vectors that were made before it was; how many. Raises EncoderAbsent."""
    done = 0
    while rows := list(_unmeasured(collection, encoder)[:AT_ONCE]):
        usual = usual_of(encoder, np.array([vector for _, vector in rows], dtype=np.float32))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE retrieval_vector v SET usual = ARRAY[u.a, u.b, u.c, u.d]"
                " FROM unnest(%s::bigint[], %s::float8[], %s::float8[], %s::float8[], %s::float8[])"
                " AS u(id, a, b, c, d) WHERE v.id = u.id",
                [[pk for pk, _ in rows], *usual.T.astype(float).tolist()],
            )
        done += len(rows)
    return done


def _unmeasured(collection: Collection, encoder: Encoder) -> Any:
    rows = Vector.objects.filter(collection=collection, encoder=encoder.name, usual__isnull=True)
    return rows.order_by("pk").values_list("pk", "vector")


def _asked(encoder: Encoder) -> dict[Language, Vectors]:
    """The usual questions as this encoder sees them. Of the encoders that come with Plaza they are kept in a file
    (`python -m tools.refusal.usual`); another one reads them once a process."""
    key, read = (encoder.name, encoder.dimensions), _kept()
    if key not in read:
        read[key] = _by_language(vectors_of_questions(encoder))
    return read[key]


@cache
def _kept() -> dict[tuple[str, int], dict[Language, Vectors]]:
    with np.load(DATA / "usual_questions.npz") as file:
        vectors = {name: file[name].astype(np.float32) for name in file.files}
    return {(name, its.shape[1]): _by_language(its) for name, its in vectors.items()}


def vectors_of_questions(encoder: Encoder) -> Vectors:
    """In the order of the file. Raises EncoderAbsent."""
    rows = usual_questions()
    return encoder.encode([words for _, words in rows], [language for language, _ in rows], "query")


@cache
def usual_questions() -> tuple[tuple[Language, str], ...]:
    """Written for this (CC0): what people of cities ask, of any subject."""
    rows = (line.split("\t") for line in (DATA / "usual_questions.tsv").read_text("utf-8").splitlines())
    return tuple((language, words) for code, words in rows if (language := known(code)))


def _by_language(vectors: Vectors) -> dict[Language, Vectors]:
    places = defaultdict(list)
    for place, (language, _) in enumerate(usual_questions()):
        places[language].append(place)
    return {language: vectors[its] for language, its in places.items()}

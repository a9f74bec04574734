"""What asks the same, and what it is about: nearness of the quick encoder's vectors, across four languages."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plaza.core.languages import DEFAULT, LANGUAGES
from plaza.retrieval.encoders import Encoder
from plaza.topics.models import Topic

Vector: TypeAlias = NDArray[np.float32]
Subject: TypeAlias = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]
AboutWhat: TypeAlias = Callable[[Vector], str | None]

# Cosine from which two questions ask the same. Of 24 meanings in four languages, mixed with the demo's 192 different
# questions in any order, 85 % of the pairs that belong together come together (81 % in the worst of 30 orders), and
# 2 % of the pairs that came together do not belong. At 0.58 it is 89 % and 5 %, at 0.62 84 % and 0.3 %.
# tests/search/test_asked_grouping.py holds the meanings.
ALIKE: Final = 0.60
# From which a question is about a topic, and how far no topic of another family may come near it. Of those 96
# questions 57 % get a topic, and of these 89 % the right one; of the demo's 192, which speak of details, 35 % get one,
# 69 % of them of the right family; of 60 that no city has to do with, 23 %. At 0.30 it is 45 % and 88 %, 22 % and 67 %,
# 13 %: more silence and no more truth.
ABOUT: Final = 0.25
APART: Final = 0.05


def pack(vector: Vector) -> bytes:
    """Half precision: a kilobyte a question, and no cosine changes by more than a thousandth."""
    return vector.astype(np.float16).tobytes()


def unpack(kept: bytes | memoryview) -> Vector:
    return np.frombuffer(kept, dtype=np.float16).astype(np.float32)


class Groups:
    """The groups there are, each by the vector of its first question."""

    def __init__(self, standing: Iterable[tuple[int, bytes | memoryview]]) -> None:
        rows = list(standing)
        self._keys = [key for key, _ in rows]
        self._standing = np.stack([unpack(vector) for _, vector in rows]) if rows else None
        self._new: list[Vector] = []

    def nearest(self, vector: Vector) -> int | None:
        """The group that asks the same; None where none does."""
        if not self._keys:
            return None
        nearness = np.concatenate([block @ vector for block in self._blocks()])
        best = int(nearness.argmax())
        return self._keys[best] if nearness[best] >= ALIKE else None

    def add(self, key: int, vector: Vector) -> None:
        self._keys.append(key)
        self._new.append(vector)

    def _blocks(self) -> Iterator[Vector]:
        """What stood before is not copied for each new one."""
        if self._standing is not None:
            yield self._standing
        if self._new:
            yield np.stack(self._new)


def about_what(encoder: Encoder) -> AboutWhat:
    """Tells a question's topic by its vector. A topic is as near as the mean of the two nearest among its name and
    its hint words: one word alone says too much. The first call in a process costs some 100 ms of the encoder."""
    subjects: tuple[Subject, ...] = tuple(
        (topic.code, topic.parent_id, tuple(topic.name_in(language) for language in LANGUAGES), tuple(topic.hint_words))
        for topic in Topic.objects.leaves()
    )
    if not subjects:
        return lambda vector: None
    owners, words = _vectors_of(subjects, encoder)  # type: ignore[arg-type] # an encoder is one object, always
    families = np.array([family for _, family, _, _ in subjects])

    def nearest(vector: Vector) -> str | None:
        nearness = words @ vector
        scores = np.array([np.sort(nearness[owners == place])[-2:].mean() for place in range(len(subjects))])
        best = int(scores.argmax())
        others = scores[families != families[best]]
        is_clear = scores[best] >= ABOUT and scores[best] - others.max(initial=-1.0) >= APART
        return subjects[best][0] if is_clear else None

    return nearest


@lru_cache(maxsize=1)
def _vectors_of(subjects: tuple[Subject, ...], encoder: Encoder) -> tuple[NDArray[np.int64], Vector]:
    """Of each name (the middle of its four) and of each hint word a vector, with the place of its subject."""
    names = np.mean(
        [
            encoder.encode([called[place] for _, _, called, _ in subjects], [language] * len(subjects), "query")
            for place, language in enumerate(LANGUAGES)
        ],
        axis=0,
    )
    names /= np.linalg.norm(names, axis=1, keepdims=True)
    hints = [(place, word) for place, (*_, words) in enumerate(subjects) for word in words]
    # Nobody wrote down which language a hint word is of; most are Spanish, and the difference is small.
    said = encoder.encode([word for _, word in hints], [DEFAULT] * len(hints), "query")
    owners = np.array([*range(len(subjects)), *(place for place, _ in hints)])
    return owners, np.concatenate([names, said]).astype(np.float32)

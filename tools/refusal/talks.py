"""A collection that nothing was fitted on: 36 conversations of invented cities on subjects that the demo does not touch,
and 864 questions that they answer, written with care and in haste.

`data/talks/NN.LANGUAGE.txt`: a title, then a turn a line. `data/talks/questions.tsv`: conversation, language, `c` (with care)
or `h` (in haste), the question, the words that answer it. Fiction, written for this (CC0).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from plaza.core.languages import Language
from plaza.retrieval.passages import NewPassage
from tools.refusal.questions import ANSWERABLE, Asked, Judged, language_named

FOLDER: Final = Path(__file__).resolve().parent / "data" / "talks"
# Where a sentence ends, so does what a caption holds.
ENDS: Final = re.compile(r"(?<=[.!?…])\s+")


@dataclass(slots=True)
class Said:
    """A sentence, as a caption has it; the seconds are made up."""

    start: float
    end: float
    speaker_label: str
    text: str
    turn: int


def answered() -> list[Judged]:
    return [Judged(ANSWERABLE, how == "c", language_named(code), words, talk) for talk, code, how, words, _ in _rows()]


def answers() -> list[str]:
    """The words that answer each of `answered()`."""
    return [words for *_, words in _rows()]


@cache
def _rows() -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / "questions.tsv").read_text("utf-8").splitlines()]


def found(questions: Sequence[Judged]) -> tuple[list[Asked], float]:
    """For each question what is found in the conversations, and their noise. Needs settings; a minute for a thousand."""
    from plaza.retrieval import index  # needs settings
    from plaza.retrieval.engines import encoders  # needs settings
    from plaza.retrieval.query import outcome  # needs settings
    from plaza.search.domain.asking import MOST_QUOTES  # needs settings
    from plaza.search.domain.calibration import noise_of  # needs settings
    from plaza.search.domain.finding import PER_SOURCE  # needs settings

    collection, at_hand = index.collection_named("talks"), encoders()
    for file in sorted(FOLDER.glob("*.txt")):
        talk, code, _ = file.name.split(".")
        passages, _ = in_passages(file.read_text("utf-8"), language_named(code))
        index.put(collection=collection, source="recording", source_id=talk, passages=passages)
    for encoder in (at_hand.careful, at_hand.quick):
        assert encoder is not None
        while rows := index.waiting(collection, encoder, most=64):
            index.embed(collection, encoder, rows)
    assert at_hand.words is not None
    while index.embed_words(collection, at_hand.words):
        pass
    collection.refresh_from_db()
    noise = noise_of(collection)
    asked: list[Any] = [
        outcome(collection, each.words, each.language, at_hand, limit=MOST_QUOTES * PER_SOURCE) for each in questions
    ]
    return [Asked(each, []) for each in asked], noise


def in_passages(told: str, language: Language) -> tuple[list[NewPassage], list[Said]]:
    """A title and turns, as the index cuts them; and sentence by sentence. Needs settings."""
    from plaza.search.domain.passages import passages_of  # needs settings

    title, *turns = told.splitlines()
    sentences = list(said(turns))
    return passages_of(sentences, language, "public", context=title), sentences


def said(turns: Sequence[str]) -> Iterator[Said]:
    """Sentence by sentence, of turns as `Name: words`, which are counted from 1."""
    at = 0.0
    for number, turn in enumerate(turns, 1):
        speaker, _, words = turn.partition(":")
        for sentence in ENDS.split(words.strip()):
            yield Said(at, at + 2.0, speaker, sentence, number)
            at += 2.0

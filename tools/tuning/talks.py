"""Conversations to learn from, as the index would have them: `data/NNN.LANGUAGE.txt` has a title, then a turn a line,
then `---` and a question a line: language, kind, turn, words.

Kinds: answered by that turn are `c` and `h`, asked with care and in haste, `n`, a need that somebody tells, and `k`, what
one types into a search box; not answered are `b`, another side of the subject, and `d`, a detail, and that turn is what would
be mistaken for an answer. Some are documents (`Text: ` before each paragraph) or what speech recognition made of a webinar.
Fiction, written for this (CC0).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plaza.core.languages import Language
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.text import Span, under_title
from tools.refusal.questions import language_named
from tools.refusal.talks import in_passages

FOLDER: Final = Path(__file__).resolve().parent / "data"
ANSWERED: Final = "chnk"
# The part of a turn that a passage must have to be its passage.
ENOUGH_OF_IT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as E5 reads it, under its title, and what may be quoted of it: stretches of `text`."""

    text: str
    stretches: list[Span]


@dataclass(frozen=True, slots=True)
class Question:
    """`passages` and `stretches`: the numbers, in its conversation, of those that have the turn."""

    language: Language
    words: str
    is_answered: bool
    passages: list[int]
    stretches: list[int]


@dataclass(frozen=True, slots=True)
class Talk:
    language: Language
    passages: list[Passage]
    questions: list[Question]


def talks(folder: Path = FOLDER) -> Iterator[Talk]:
    """Needs settings."""
    for file in sorted(folder.glob("*.txt")):
        yield _talk(file)


def under_its_title(passage: NewPassage) -> Passage:
    return Passage(*under_title(passage.context, passage.text, passage.sentence_spans()))


def _talk(file: Path) -> Talk:
    language = language_named(file.name.split(".")[1])
    told, asked = file.read_text("utf-8").strip().split("\n---\n")
    passages, sentences = in_passages(told, language)
    turn_at = {each.start: each.turn for each in sentences}
    # Who is quoted begins with a sentence, so each stretch begins in one turn; hardly any goes on into the next.
    turns = [turn_at[place] for passage in passages for place in passage.sentence_places]
    words_of: list[Counter[int]] = []
    for passage in passages:
        inside = (each for each in sentences if (passage.start or 0.0) <= each.start < (passage.end or 0.0))
        words_of.append(Counter(turn for each in inside for turn in [each.turn] * len(each.text.split())))
    questions = [_question(row, words_of, turns) for row in asked.splitlines()]
    return Talk(language, [under_its_title(each) for each in passages], questions)


def _question(row: str, words_of: list[Counter[int]], turns: list[int]) -> Question:
    code, kind, turn, words = row.split("\t")
    spoken = [its[int(turn)] for its in words_of]
    having = [number for number, its in enumerate(spoken) if its >= ENOUGH_OF_IT * sum(spoken)]
    # A turn of a word or two is quoted with what was said before it, by the same person in an earlier turn.
    last = max((its for its in turns if its <= int(turn)), default=turns[0])
    telling = [number for number, its in enumerate(turns) if its == last]
    return Question(language_named(code), words, kind in ANSWERED, having, telling)

"""What a meeting is about: the leaves of the taxonomy for which its words speak, by word lists (data/topics.txt)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.lines import Line
from plaza.formats.page.vocabulary import words

DATA: Final = Path(__file__).parent / "data"
MOST: Final = 3
# A phrase that says a topic; one that points to it; one that many topics share. In a title each counts three times.
SAYS: Final = 3.0
POINTS: Final = 1.0
HINTS: Final = 0.5
IN_A_TITLE: Final = 3.0
# In the line of a person: she is secretary of transport, and the meeting may be about something else.
OF_A_PERSON: Final = 0.25
ENOUGH: Final = 2.5
OFTEN: Final = 3
# A topic beside another one must have this part of what the first one has.
BESIDE: Final = 0.35
# Small words of the four languages: they do not count within a phrase.
SMALL: Final = words("small")
WEEKDAY: Final = re.compile(r"\b(?:segunda|terca|quarta|quinta|sexta)s?[ -]feiras?\b")
TOKEN: Final = re.compile(r"[^\W_]+|[.;:,?!()«»“”\"|–—]")
SHORTEST_STEM: Final = 3
# Where and when it is: a street's or a park's name.
ADDRESS: Final = re.compile(
    r"(?:local|lugar|endereco|direccion|sede|lieu|adresse|venue|place|address|data|fecha|date)\s*:"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; `stem*` is any word that begins so."""

    words: tuple[str, ...]
    topic: str
    weight: float
    # Parts that must stand on the same line, where it is one of several.
    beside: tuple[tuple[str, ...], ...] = ()


def topics_of(
    title: str | None, lines: Sequence[Line], *, of_people: frozenset[int] = frozenset(), names: Iterable[str] = ()
) -> list[str]:
    """The topics of a meeting, the surest first, three at most, none where nothing speaks for one. `of_people`: numbers of
    lines that say who somebody is. `names`: of people and bodies; they say nothing of what a meeting is about."""
    either = "|".join(re.escape(fold(name)) for name in sorted(names, key=len, reverse=True))
    without = re.compile(rf"\b(?:{either})\b") if either else None
    found: dict[str, float] = {}
    told: dict[Phrase, int] = {}
    if title:
        for phrase in heard_in(fold(title)):
            found[phrase.topic] = found.get(phrase.topic, 0) + IN_A_TITLE * phrase.weight
            told[phrase] = 2
    for line in lines:
        if (title and line.text == title) or ADDRESS.match(line.folded):
            continue
        is_of_a_person = line.number in of_people and not line.is_prose
        for phrase in heard_in(without.sub(" ; ", line.folded) if without else line.folded):
            told[phrase] = told.get(phrase, 0) + 1
            # Who says it a fourth time says nothing new.
            if told[phrase] <= OFTEN:
                weight = phrase.weight * (OF_A_PERSON if is_of_a_person else 1)
                found[phrase.topic] = found.get(phrase.topic, 0) + weight
    most = max(found.values(), default=0)
    surest = sorted(found, key=lambda topic: -found[topic])
    return [topic for topic in surest if found[topic] >= max(ENOUGH, BESIDE * most)][:MOST]


def heard_in(folded: str) -> Iterator[Phrase]:
    """The phrases that a line has, each once. Of those of one topic that share a word the first and longest."""
    said = _words(folded)
    index, seen = _index(), set()
    until: dict[str, int] = {}
    heard: dict[tuple[str, ...], bool] = {}
    for place, word in enumerate(said):
        kept: dict[str, Phrase] = {}
        for key in (word, *(word[:length] + "*" for length in range(SHORTEST_STEM, len(word) + 1))):
            for phrase in index.get(key, ()):
                if (
                    until.get(phrase.topic, 0) <= place
                    and _goes_on(phrase.words, said, place)
                    and all(_stands_in(part, said, heard) for part in phrase.beside)
                ):
                    other = kept.get(phrase.topic)
                    if other is None or (phrase.weight, len(phrase.words)) > (other.weight, len(other.words)):
                        kept[phrase.topic] = phrase
        for phrase in kept.values():
            until[phrase.topic] = place + len(phrase.words)
            if phrase not in seen:
                seen.add(phrase)
                yield phrase


def _words(text: str) -> list[str]:
    """Small words and a final s fall away; a stop between two phrases stays."""
    return [_singular(word) for word in TOKEN.findall(WEEKDAY.sub(" ", text)) if word not in SMALL]


def _singular(word: str) -> str:
    if word.endswith("aux") and len(word) > 4:
        return word[:-1] if word.endswith("eaux") else word[:-2] + "l"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _goes_on(phrase: tuple[str, ...], words: Sequence[str], place: int) -> bool:
    return len(words) - place >= len(phrase) and all(
        _is(part, words[place + step]) for step, part in enumerate(phrase) if step
    )


def _stands_in(phrase: tuple[str, ...], words: Sequence[str], heard: dict[tuple[str, ...], bool]) -> bool:
    """Looked for once a line, and kept in `heard`."""
    if phrase not in heard:
        heard[phrase] = any(_is(phrase[0], word) and _goes_on(phrase, words, place) for place, word in enumerate(words))
    return heard[phrase]


def _is(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@cache
def _index() -> dict[str, list[Phrase]]:
    """All phrases by their first word."""
    index: dict[str, list[Phrase]] = {}
    for phrase in _phrases():
        index.setdefault(phrase.words[0], []).append(phrase)
    return index


def _phrases() -> Iterator[Phrase]:
    own = dict(_sections((DATA / "topics.txt").read_text("utf-8")))
    for row in (DATA / "taxonomy.tsv").read_text("utf-8").splitlines():
        topic, names, hints = row.split("\t")
        said = own.get(topic, [])
        left_out = {phrase[1:] for phrase in said if phrase.startswith("-")}
        yield from (_phrase(name, topic, SAYS) for name in names.split("|") if name and name not in left_out)
        yield from (
            _phrase(hint, topic, SAYS if " " in hint else POINTS) for hint in hints.split("|") if hint not in left_out
        )
        for phrase in said:
            if phrase.startswith("?"):
                yield _phrase(phrase.lstrip("?"), topic, HINTS if phrase.startswith("??") else POINTS)
            elif not phrase.startswith("-"):
                yield _phrase(phrase, topic, SAYS)


def _phrase(text: str, topic: str, weight: float) -> Phrase:
    first, *beside = (_parts(part) for part in text.split("&"))
    return Phrase(first, topic, weight, tuple(beside))


def _parts(text: str) -> tuple[str, ...]:
    found = re.findall(r"[^\W_]+\*?", text)
    return tuple(part if part.endswith("*") else _singular(part) for part in found if part not in SMALL)


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\[", text, flags=re.MULTILINE)[1:]:
        topic, _, rows = part.partition("]\n")
        yield topic, [phrase.strip() for phrase in rows.replace("\n", " ").split(",") if phrase.strip()]

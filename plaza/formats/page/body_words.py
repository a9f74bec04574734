"""What bodies are called: the words of data/bodies.txt, the well known ones of data/known_bodies.tsv, and the types."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.gazetteer import gazetteer
from plaza.formats.page.vocabulary import words

DATA: Final = Path(__file__).parent / "data"
OTHER: Final = "other"
TYPES: Final = (
    "media",
    "academia",
    "network",
    "national government",
    "local government",
    "company",
    "civil society",
    OTHER,
)
# Adjectives and other words that stand among the posts but begin no post by themselves.
QUALIFIES: Final = words("qualifies a post")
TOGETHER: Final = (
    (frozenset(("camara", "diputados")), "national government"),
    (frozenset(("camara", "deputados")), "national government"),
    (frozenset(("camara", "municipal")), "local government"),
    (frozenset(("chambre", "deputes")), "national government"),
    (frozenset(("congreso", "estado")), "local government"),
    (frozenset(("congreso", "union")), "national government"),
)


def type_of(name: str) -> str:
    """By the first section of data/bodies.txt that has one of its words; `other` where none has."""
    if known := known_names().get(fold(name)) or acronyms().get(name):
        return known[1]
    said = [word.removesuffix("'s") for word in re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", fold(name).replace("’", "'"))]
    if section("in the plural") & set(said) and any(
        re.match(r"(?:as+oc|feder|confed|uni|alian|allian|frente)", each) for each in said
    ):
        return "network"
    if "mayor" in said or any(word.startswith("fonda") for word in said):
        return "local government" if "mayor" in said else "civil society"
    if {"gobierno", "governo", "government", "gouvernement"} & set(said):
        last = re.split(r"\b(?:of|de|del|da|do|du|des|d[’'])\s*", name)[-1]
        return "national government" if gazetteer().country(last) or "federal" in said else "local government"
    for together, kind in TOGETHER:
        if together <= set(said):
            return kind
    # The first word that says a type does: a network of universities is a network.
    kinds = [kind for word in said if word not in QUALIFIES for kind in TYPES if word in section(kind)]
    surer = next((kind for kind in kinds if kind != OTHER), None)
    if surer is None and {"nacional", "national", "nationale", "federal"} & set(said):
        return "national government"
    if not kinds and {"municipal", "city", "town"} & set(said):
        return "local government"
    return surer or OTHER


@cache
def section(heading: str) -> frozenset[str]:
    part = (DATA / "bodies.txt").read_text("utf-8").split(f"[{heading}]\n", 1)[1].split("\n[", 1)[0]
    return frozenset(part.split())


@cache
def regions() -> frozenset[str]:
    part = (DATA / "bodies.txt").read_text("utf-8").split("[regions]\n", 1)[1]
    return frozenset(re.split(r"[|\n]", part.strip()))


@cache
def nouns() -> frozenset[str]:
    """Words that find a body in a text."""
    return frozenset().union(*map(section, TYPES)) - (
        section("says the type alone") - section("finds a body all the same")
    )


def is_noun(word: str) -> bool:
    return word in nouns()


def says_a_type(word: str) -> bool:
    return any(word in section(kind) for kind in TYPES)


def _rows() -> Iterator[tuple[str, list[str], list[str]]]:
    for row in (DATA / "known_bodies.tsv").read_text("utf-8").splitlines():
        kind, acronyms, names = row.split("\t")
        yield kind, [each for each in acronyms.split("|") if each], [each for each in names.split("|") if each]


@cache
def acronyms() -> dict[str, tuple[str, str]]:
    """What each stands for, by one name, and of which type it is."""
    return {acronym: ([*acronyms, *names][0], kind) for kind, acronyms, names in _rows() for acronym in acronyms}


@cache
def known_names() -> dict[str, tuple[str, str]]:
    return {fold(name): ([*acronyms, *names][0], kind) for kind, acronyms, names in _rows() for name in names}


@cache
def by_first_word() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name in sorted(known_names(), key=len, reverse=True):
        index.setdefault(re.split(r"[^\w-]", name)[0], []).append(name)
    return index

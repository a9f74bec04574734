"""Which pairs are installed, and by which programs. Debian has each of the other languages with Spanish alone."""

import shlex
import shutil
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from plaza.core.languages import LANGUAGES, Language

Pair: TypeAlias = tuple[Language, Language]
Stages: TypeAlias = tuple[tuple[str, ...], ...]

MODES: Final = Path("/usr/share/apertium/modes")
# The language that every pair has; from one of the others to another the way leads through it.
MIDDLE: Final[Language] = "es"
# The first that is installed: newer packages call languages by three letters.
NAMES: Final[Mapping[Pair, Sequence[str]]] = {
    ("es", "pt"): ("es-pt_BR", "spa-por_BR", "es-pt", "spa-por"),
    ("pt", "es"): ("pt-es", "por-spa"),
    ("es", "en"): ("spa-eng", "es-en"),
    ("en", "es"): ("eng-spa", "en-es"),
    ("es", "fr"): ("es-fr", "spa-fra"),
    ("fr", "es"): ("fr-es", "fra-spa"),
}
# All but these would be a mode of a kind that we do not know: better none than one that hangs.
PROGRAMS: Final = frozenset(
    {
        *("lt-proc", "lrx-proc", "lsx-proc", "cg-proc", "rtx-proc"),
        *("apertium-tagger", "apertium-pretransfer", "apertium-posttransfer", "apertium-transfer"),
        *("apertium-interchunk", "apertium-postchunk", "apertium-anaphora"),
    }
)
LARGEST: Final = 16 * 1024


def installed(folder: Path = MODES) -> dict[Pair, Stages]:
    """The programs of each pair that stands in `folder`."""
    found = {}
    for pair, names in NAMES.items():
        modes = (stages(folder / f"{name}.mode") for name in names)
        if mode := next(filter(None, modes), None):
            found[pair] = mode
    return found


def stages(file: Path) -> Stages | None:
    """The programs of a mode in a row, each told to answer at every NUL. None for what is no mode that we can run."""
    try:
        with file.open(encoding="utf-8") as opened:
            parts = shlex.split(opened.read(LARGEST).replace("|", " | "))
    except (OSError, ValueError):
        return None
    row: list[list[str]] = [[]]
    for part in parts:
        if part == "|":
            row.append([])
        elif part == "$1":
            row[-1].append("-g")  # words it does not know come back marked
        elif part != "$2":
            row[-1].append(part)
    if not all(each and each[0] in PROGRAMS and shutil.which(each[0]) for each in row):
        return None
    return tuple((each[0], "-z", *each[1:]) for each in row)


def ways(source: Language, pairs: Container[Pair]) -> dict[Language, list[Pair]]:
    """By language the pairs that lead there, one after the other; none where one is missing."""
    found = {}
    for target in LANGUAGES:
        if target == source:
            continue
        steps = [(source, target)] if MIDDLE in (source, target) else [(source, MIDDLE), (MIDDLE, target)]
        if all(step in pairs for step in steps):
            found[target] = steps
    return found

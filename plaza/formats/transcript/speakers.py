"""Who speaks, where a file says so in its words: `Ana Prueba: …` (Zoom) and `>> ANA: …` (broadcast).

`<v Ana>` is markup and is read in words. A colon alone proves little ("Note: this"), so names before
a colon count only when at least half of a file's cues begin with one.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

_NAME: Final = re.compile(r"(?:[-\u2013\u2014]\s?)?([^\W_][^:<>?!;¿¡\"“”«»\n]{0,58})\s?:(?:\s|$)")
_CHANGE: Final = re.compile(r"(?:^|\s)>{2,3}\s?")
_MOST_WORDS: Final = 6
# Labels that begin sentences in the four languages, whatever the tool.
_LABELS: Final = frozenset(
    word
    for line in (
        "advertencia aviso atención ejemplo fuente importante nota objetivo observación ojo pregunta resumen",
        "respuesta tema título atenção exemplo fonte observação pergunta resumo resposta answer attention",
        "conclusion example important link note pd ps question source tip title warning conclusión conclusão",
        "exemple objectif réponse tel q a r",
    )
    for word in line.split()
)

Piece = tuple[str | None, str]


def names_throughout(openings: Sequence[str]) -> frozenset[str]:
    """The names a file puts before a colon, if it does so throughout. `openings`: each cue's words.

    A name is said twice, or has a capital on each of its words and more than one word: in a file
    with names, "Note: this" still begins with no name.
    """
    seen = Counter(name for words in openings if (name := _name(words)))
    names = {name for name, times in seen.items() if times > 1 or _looks_full(name)}
    named = sum(seen[name] for name in names)
    return frozenset(names) if names and 2 * named >= len(openings) else frozenset()


def by_name(row: str, names: Collection[str]) -> Piece:
    """The speaker a row begins with and the rest of it; (None, row) if it begins with no known name."""
    found = _NAME.match(row) if names else None
    if found is None or _tidy(found.group(1)) not in names:
        return None, row
    return _tidy(found.group(1)), row[found.end() :].strip()


def by_marks(row: str) -> list[tuple[bool, str | None, str]]:
    """A row cut at `>>`: (whether somebody else begins, the name if one is given, words)."""
    if ">>" not in row:
        return [(False, None, row)]
    first, *changes = _CHANGE.split(row)
    cut: list[tuple[bool, str | None, str]] = [(False, None, first)] if first.strip() else []
    for words in changes:
        name = _name(words)
        cut.append((True, *by_name(words, {name} if name else ())))
    return cut


def _name(words: str) -> str | None:
    found = _NAME.match(words)
    if found is None:
        return None
    name = _tidy(found.group(1))
    is_label = name.casefold().strip(".") in _LABELS
    return None if is_label or len(name.split()) > _MOST_WORDS or not any(map(str.isalpha, name)) else name


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _looks_full(name: str) -> bool:
    # "Ana de la Prueba": the small words between are short.
    parts = name.split()
    capital = [part[0].isupper() or not part[0].isalpha() or len(part) < 4 for part in parts]
    return len(parts) > 1 and all(capital)

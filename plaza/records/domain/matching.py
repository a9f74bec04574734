"""Which column of a sheet is which column of a record: by its name in any of the four languages, or nearly."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.utils.translation import override
from rapidfuzz import fuzz, process

from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES
from plaza.core.records import RecordKind, record_kinds
from plaza.records.domain.weighing import ID

NAMES_OF_ID: Final = ("id", "identificador", "identifiant", "identifier", "slug", "codigo", "code")
NEAR_ENOUGH: Final = 86


def suggested(kind: RecordKind, headers: Sequence[str]) -> dict[str, str]:
    """`{"0": "title"}`: position → column. Each column once: of two that are called the same, the first."""
    found: dict[str, str] = {}
    names = _names(kind.name)
    for at, header in enumerate(headers):
        name = names.get(folded(header))
        if name and name not in found.values():
            found[str(at)] = name
    for at, header in enumerate(headers):
        if str(at) in found or not folded(header) or folded(header) in names:
            continue
        free = {said: name for said, name in names.items() if name not in found.values()}
        near = process.extractOne(folded(header), list(free), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        if near:
            found[str(at)] = free[near[0]]
    return found


def is_name(kind: RecordKind, text: str) -> bool:
    return folded(text) in _names(kind.name)


def folded(text: str) -> str:
    """Without accents, case, marks and what some write behind a name: `Título *` → `titulo`."""
    return " ".join(re.findall(r"\w+", fold(text)))


@lru_cache(maxsize=32)
def _names(kind: str) -> dict[str, str]:
    """What each column may be called, its label in the four languages first."""
    names = dict.fromkeys(NAMES_OF_ID, ID)
    columns = record_kinds[kind].columns
    for language in LANGUAGES:
        with override(language):
            for column in columns:
                names.setdefault(folded(str(column.label)), column.name)
    for column in columns:
        for said in (column.name, *column.called):
            names.setdefault(folded(said), column.name)
    return names

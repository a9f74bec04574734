"""The source with what was recognised in it: each line as stretches, marked or not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plaza.ingest.models import Proposal, ReadPage


@dataclass(frozen=True, slots=True)
class Stretch:
    """`proposal`: whose title it is."""

    text: str
    is_marked: bool = False
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    number: int
    stretches: Sequence[Stretch]


def marked(page: ReadPage, lines: Iterable[tuple[int, str]], proposals: Iterable[Proposal]) -> list[SourceLine]:
    """Titles lead to their proposals; names of people and cities are marked where they stand."""
    names = _names(page.reading)
    titles = {row.told["title_line"]: row for row in proposals}
    return [SourceLine(number, _stretches(text, names.get(number, ()), titles.get(number))) for number, text in lines]


def _names(reading: Mapping[str, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in (*reading["people"], *reading["cities"]):
        for line in row["lines"]:
            found[line].append(row["name"])
    return found


def _stretches(text: str, names: Sequence[str], title: Proposal | None) -> list[Stretch]:
    whole: str = (title.told["title"] or text) if title is not None else ""
    wanted = [name for name in {*names, *([whole] if whole else [])} if name and name in text]
    if title is not None and whole not in text:
        return [Stretch(text, is_marked=True, proposal=title.number)]
    if not wanted:
        return [Stretch(text)]
    pattern = "|".join(re.escape(name) for name in sorted(wanted, key=len, reverse=True))
    return [
        Stretch(part, part in wanted, title.number if title is not None and part == whole else None)
        for part in re.split(f"({pattern})", text)
        if part
    ]

"""Series: meetings that a page numbers one after the other, and those that it says belong to one."""

import re
from collections.abc import Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.drafts import Draft, Page

NAMED: Final = re.compile(
    r"\b((?:[A-ZÀ-Ý][\w’'-]*\s+){1,8}Series)\b|\b(?:ciclo|serie|série|trilha|"
    r"cycle)\s+[«“\"]([^»”\"]{4,60})[»”\"]|\b((?:Serie|Ciclo|Série|"
    r"Trilha)\s+(?:de\s+)?[A-ZÀ-Ý][\w’' -]{3,50}?)(?=[,.:;]|$)"
)
ORDINAL: Final = re.compile(
    r"\b(first|second|third|fourth|primer[ao]?|segund[ao]|tercer[ao]?|primeir[ao]|terceir[ao]|"
    r"premi[eè]re?|deuxi[eè]me|troisi[eè]me|last|ultimo|último)\b[^.]{0,40}$",
    re.IGNORECASE,
)


def series_of(drafts: Sequence[Draft], meetings: list[dict[str, Any]], page: Page) -> list[dict[str, Any]]:
    """Marks each meeting with its series and returns them."""
    groups: list[tuple[str | None, list[int], bool]] = []
    for run in sorted({draft.run for draft in drafts if draft.run is not None}):
        places = [place for place, draft in enumerate(drafts) if draft.run == run]
        if len(places) > 1:
            groups.append((page.series_headings.get(run), places, True))
    taken = {place for _, places, _ in groups for place in places}
    named: dict[str, list[tuple[int, bool]]] = {}
    for place, draft in enumerate(drafts):
        if place in taken:
            continue
        for line in draft.lines:
            if match := NAMED.search(line.text):
                name = next(filter(None, match.groups()))
                ordinal = ORDINAL.search(line.text[: match.start()]) is not None
                named.setdefault(name, []).append((place, ordinal))
                break
    for name, members in _joined(named):
        groups.append((name, sorted({place for place, _ in members}), False))
    result = []
    for number, (title, places, numbered) in enumerate(groups, 1):
        for place in places:
            meetings[place]["series"] = f"s{number}"
        result.append(
            {
                "id": f"s{number}",
                "title": title,
                "suggested_title": None if title else meetings[places[0]]["title"],
                "meetings": [meetings[place]["id"] for place in places],
                "numbered": numbered,
            }
        )
    return result


def _joined(named: dict[str, list[tuple[int, bool]]]) -> list[tuple[str, list[tuple[int, bool]]]]:
    """Names that differ by a word are one series where both count their meetings: `the second of the … Series`."""
    result: list[tuple[str, list[tuple[int, bool]]]] = []
    for name, members in named.items():
        twin = next(
            (
                kept
                for other, kept in result
                if _alike(name, other)
                or (_near(name, other) and any(o for _, o in kept) and any(o for _, o in members))
            ),
            None,
        )
        if twin is not None:
            twin.extend(members)
        else:
            result.append((name, list(members)))
    return result


def _words(name: str) -> set[str]:
    return {
        word for word in re.findall(r"[^\W\d_]{4,}", fold(name)) if word not in ("series", "serie", "ciclo", "network")
    }


def _alike(name: str, other: str) -> bool:
    mine, its = _words(name), _words(other)
    return bool(mine and its) and len(mine & its) / len(mine | its) >= 0.6


def _near(name: str, other: str) -> bool:
    mine, its = _words(name), _words(other)
    return bool(mine & its) and len(mine | its) - len(mine & its) <= 2

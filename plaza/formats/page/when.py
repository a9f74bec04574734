"""When each meeting was: which of its dates is its own, and the year that a page leaves out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plaza.formats.page.dates import Said
from plaza.formats.page.drafts import Draft
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import DATE_LABEL, KIND, WEEK, dates_of, is_date_line, is_detail

HELD: Final = re.compile(
    r"\b(?:held|took place|celebr\w+|realiz\w+|organiz\w+|tuvo lugar|aconteceu|reuni\w+|juntou|"
    r"brought together|se tint|tenue?|conference|congres\w+|taller|workshop|oficina|forum|foro)\b"
)
COVID: Final = re.compile(r"\b(?:covid|coronavirus|pandemi\w*)\b")
SOUTH: Final = frozenset(["AR", "BO", "BR", "CL", "PE", "PY", "UY", "EC", "AU", "NZ", "ZA"])
DEADLINE: Final = re.compile(
    r"\b(?:hasta el|until|ate|deadline|cierre de inscripciones|inscripciones hasta|jusqu\w*)\b\W*(?:\w+\s+)?$"
)


@dataclass(frozen=True, slots=True)
class When:
    start: str
    end: str
    precision: str
    year: str
    line: int


@dataclass
class _Own:
    said: Said | None
    line: Line | None


def dated(drafts: Sequence[Draft], southern: Sequence[bool]) -> list[When | None]:
    """For each meeting its date, in order. A year that was not said beside the day comes from the heading, the text
    above, or from its neighbours on the page where they leave no choice."""
    own = [_own(draft) for draft in drafts]
    years = [_year_said(draft, each) for draft, each in zip(drafts, own, strict=True)]
    result: list[When | None] = []
    for place, each in enumerate(own):
        if each.said is None or each.line is None:
            result.append(None)
            continue
        year, stated = years[place], each.said.year is not None
        if year is None:
            year = _between(place, years, drafts, own)
        if year is None:
            result.append(None)
            continue
        days = each.said.in_year(year, southern=southern[place])
        if days is None:
            result.append(None)
            continue
        first, last, precision = days
        result.append(
            When(first.isoformat(), last.isoformat(), precision, "stated" if stated else "inferred", each.line.number)
        )
    return result


def _own(draft: Draft) -> _Own:
    best: tuple[float, Said, Line] | None = None
    for place, line in enumerate(draft.lines):
        if place > 0 and draft.sessions and any(line in part.lines for part in draft.sessions):
            continue
        for said in dates_of(line):
            score = _score(draft, line, said, place)
            if score > 0 and (best is None or score > best[0]):
                best = (score, said, line)
    if draft.day is not None and draft.within is not None and (best is None or best[0] < 6):
        host = _own(draft.within)
        if host.said is not None and host.said.month is not None:
            label = draft.lines[0]
            return _Own(Said(host.said.year, host.said.month, draft.day, None, None, 0, 0), label)
    return _Own(best[1], best[2]) if best else _Own(None, None)


def _score(draft: Draft, line: Line, said: Said, place: int) -> float:
    folded = line.folded
    before = folded[: said.start]
    if DEADLINE.search(before):
        return 0.0
    heading = line is draft.title_line and not line.is_prose
    around = folded[max(0, said.start - 60) : said.end + 40]
    if is_date_line(line) or DATE_LABEL.match(folded):
        score = 9.0 + said.weight - place * 0.05
    elif is_detail(line) or (place <= 1 and line.bullet):
        score = 8.0 + said.weight
    elif heading:
        score = 5.0 + said.weight
    elif said.weight >= 2:
        near = KIND.search(around) is not None
        score = (
            3.0
            + said.weight
            + (2.0 if near else 0.0)
            + (1.0 if HELD.search(folded[max(0, said.start - 160) : said.end]) else 0.0)
            - place * 0.2
        )
        if not near and draft.title is not None and place > 3:
            score -= 2.0
    else:
        named = KIND.search(folded[max(0, said.start - 45) : said.start]) or WEEK.search(
            folded[max(0, said.start - 45) : said.start]
        )
        score = 2.0 if named else 0.0
        if place > 2:
            score = 0.0
    return score


def _year_said(draft: Draft, own: _Own) -> int | None:
    if own.said is None:
        return None
    if own.said.year is not None:
        return own.said.year
    for line in draft.lines:
        if any(line in part.lines for part in draft.sessions):
            continue
        for said in dates_of(line):
            if said.year is not None and (
                line is draft.title_line
                or (
                    said.weight == 1
                    and re.search(r"(?:semana|week|semaine|\w+)\s+$", line.folded[: said.start])
                    and WEEK.search(line.folded)
                )
            ):
                return said.year
    if draft.within is not None:
        host = _own(draft.within)
        if host.said is not None and host.said.year is not None:
            return host.said.year
    return draft.section_years[0] if draft.section_years else None


def _between(place: int, years: Sequence[int | None], drafts: Sequence[Draft], own: Sequence[_Own]) -> int | None:
    """The year that the dated meetings above and below leave. A page tells the newest first, or the oldest."""
    above = next((years[n] for n in range(place - 1, -1, -1) if years[n] is not None), None)
    below = next((years[n] for n in range(place + 1, len(years)) if years[n] is not None), None)
    covid = any(COVID.search(line.folded) for line in drafts[place].lines)
    if above is None and below is None:
        return 2020 if covid else None
    if above is None or below is None:
        only = above if above is not None else below
        return max(only or 0, 2020) if covid else only
    low, high = min(above, below), max(above, below)
    if covid:
        low = max(low, 2020)
        high = max(high, low)
    if high - low == 2:
        return low + 1
    inside = [year for year in range(low, high + 1) if year not in (above, below)]
    if len(inside) == 1:
        return inside[0]
    return low if covid else above

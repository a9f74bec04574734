"""The page as the contract has it (docs/developing/contracts.md): meetings, people, cities, materials, each with its
line; and every other line with the reason why it is in none of them."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.cities import Found, cities_in
from plaza.formats.page.figures import figures_in
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.lines import Line, lines_of
from plaza.formats.page.people import People
from plaza.formats.page.segments import Draft, Page, segmented
from plaza.formats.page.series import series_of
from plaza.formats.page.shapes import WEEK, is_date_line, kind_in, offers_of
from plaza.formats.page.titles import stated_in, suggested
from plaza.formats.page.when import SOUTH, When, dated

HOSTED: Final = re.compile(
    r"\b((?:[A-ZÀ-Ý][\w’'-]*\s+)*(?:Week|Semana|Semaine)(?:\s+(?:de|del|da|do|of|du|la|el|the|[A-ZÀ-Ý][\w’'-]*))*\s+(?:19|20)\d\d)\b"
)
INITIATIVE: Final = re.compile(
    r"\b(?:initiative|strategy|program(?:me)?|project|campaign|iniciativa|estrategia|programa|proyecto|projeto|campaña|campanha|línea|linha|initiative|projet)\b[^.«“\"]{0,25}[«“\"]([^»”\"]{3,60})[»”\"]",
    re.IGNORECASE,
)


def read_page(text: str, gazetteer: Gazetteer, language: str) -> dict[str, Any]:
    """`text` as decoded; lines are counted in it. Nothing raises: what cannot be understood is `unplaced`."""
    lines = lines_of(text)
    cities = cities_in(lines, gazetteer)
    page = segmented(lines)
    drafts = _told(page)
    numbers = {id(draft): f"m{place}" for place, draft in enumerate(drafts, 1)}
    people = People(gazetteer, frozenset(fold(city.name) for city in cities))
    southern = [_is_southern(draft, cities) for draft in drafts]
    whens = dated(drafts, southern, month_first=False)
    meetings = [
        _meeting(numbers[id(draft)], draft, when, cities, people) for draft, when in zip(drafts, whens, strict=True)
    ]
    for line in (line for heading in page.around for line in heading.lines):
        people.heard(line, None)
    series = series_of(drafts, meetings, page)
    last = text.count("\n") + (0 if text.endswith("\n") or not text else 1)
    return {
        "source": {"sha256": hashlib.sha256(text.encode()).hexdigest(), "lines": last, "language": language, "text": None},
        "network": _network(page),
        "meetings": meetings,
        "series": series,
        "people": people.as_list(),
        "cities": [_city(city) for city in cities],
        "organisations": people.organisations(),
        "initiatives": [
            {"name": match[1], "city": None, "line": line.number} for line in lines for match in INITIATIVE.finditer(line.text)
        ],
        "figures": [
            {"text": figure.text, "value": figure.value, "comparator": figure.comparator, "unit": figure.unit, "line": line.number}
            for line in lines
            if line.is_prose or not _is_heading(line, drafts)
            for figure in figures_in(line.text)
        ],
        "unplaced": [
            {"lines": [heading.lines[0].number, heading.lines[-1].number], "why": heading.why} for heading in page.around
        ],
    }


def _told(page: Page) -> list[Draft]:
    """The drafts in the order of the page; what turns out to tell of no meeting goes to what stands around."""
    return sorted(page.drafts, key=lambda draft: draft.lines[0].number)


def _meeting(
    number: str, draft: Draft, when: When | None, cities: Sequence[Found], people: People
) -> dict[str, Any]:
    title, title_line = draft.title, draft.title_line or draft.lines[0]
    if title is None:
        title = next((found for line in draft.lines[:1] if (found := stated_in(line.text))), None)
    first, last = draft.lines[0].number, draft.lines[-1].number
    sessions = [
        {
            "title": part.title,
            "line": part.lines[0].number,
            "parallel": part.is_parallel,
            "people": [each for line in part.lines for each in people.heard(line, number, group=part.lines)],
        }
        for part in draft.sessions
    ]
    inner = {line.number for part in draft.sessions for line in part.lines}
    told = [line for line in draft.lines if line.number not in inner]
    named = [city for city in cities if any(first <= line <= last for line in city.lines)]
    return {
        "id": number,
        "title": title,
        "title_status": "stated" if title else "missing",
        "suggested_title": None if title else suggested(draft.lines),
        "title_line": title_line.number,
        "lines": [first, last],
        "kind": _kind(draft),
        "date": when and {
            "start": when.start, "end": when.end, "precision": when.precision, "year": when.year, "line": when.line,
        },
        "places": _places(draft, named),
        "series": None,
        "number": draft.number,
        "host_event": draft.host or _host(draft),
        "cities": [city.name for city in named],
        "organisations": [],
        "people": [each for line in told for each in people.heard(line, number, group=told)],
        "materials": [
            {"kind": offer.kind, "line": offer.line, "url": offer.url} for line in draft.lines for offer in offers_of(line)
        ],
        "sessions": sessions,
        "topics": [],
        "confidence": _confidence(draft, when),
    }  # fmt: skip


def _kind(draft: Draft) -> str:
    """From the title, the label or line beside it, then the text; the first word that names one."""
    if draft.is_week:
        return "event"
    heads = [line for line in draft.lines[:3] if not line.is_prose]
    bodies = [line for line in draft.lines if line.is_prose] + [line for line in draft.lines if not line.is_prose]
    generic = None
    for line in [*([draft.title_line] if draft.title_line else []), *heads, *bodies]:
        kind = kind_in(line.folded)
        if kind and kind != "event":
            return kind
        generic = generic or kind
    return generic or "event"


def _places(draft: Draft, named: Sequence[Found]) -> list[dict[str, Any]]:
    held = [line for line in draft.lines[:4] if not line.is_prose and not is_date_line(line)]
    return [
        {"name": city.name, "geonameid": city.place.geonameid if city.place else None, "line": line.number}
        for line in held
        for city in named
        if line.number in city.lines and city.place is not None
    ]


def _host(draft: Draft) -> str | None:
    for line in draft.lines:
        if WEEK.search(line.folded) and (match := HOSTED.search(line.text)):
            return match[1]
    return None


def _is_southern(draft: Draft, cities: Sequence[Found]) -> bool:
    first, last = draft.lines[0].number, draft.lines[-1].number
    countries = {city.country for city in cities if any(first <= line <= last for line in city.lines)}
    return bool(countries & SOUTH)


def _is_heading(line: Line, drafts: Sequence[Draft]) -> bool:
    return any(line is draft.title_line for draft in drafts) or any(
        line is part.lines[0] for draft in drafts for part in draft.sessions
    )


def _network(page: Page) -> dict[str, Any] | None:
    for heading in page.around:
        for line in heading.lines:
            if match := re.search(
                r"\b((?:[A-ZÀ-Ý][\w’'-]*\s+)*(?:Network|Red|Rede|Réseau)(?:\s+(?:de|del|da|do|of|des|du|[A-ZÀ-Ý][\w’'-]*))*)", line.text
            ):
                if len(match[1].split()) > 1:
                    return {"name": match[1].strip(), "line": line.number}
    return None


def _city(city: Found) -> dict[str, Any]:
    return {
        "name": city.name,
        "country": city.country,
        "geonameid": city.place.geonameid if city.place else None,
        "lines": city.lines,
    }


def _confidence(draft: Draft, when: When | None) -> float:
    score = 0.4 + 0.2 * (draft.title is not None) + 0.2 * (when is not None) + 0.1 * any(offers_of(line) for line in draft.lines)
    return round(min(0.95, score + 0.1 * any(kind_in(line.folded) for line in draft.lines[:3])), 2)

"""The page as the contract has it (docs/developing/contracts.md): meetings, people, cities, materials, each with its
line; and every other line with the reason why it is in none of them."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.about import tell_about
from plaza.formats.page.bodies import as_rows
from plaza.formats.page.cities import ByLine, Found, cities_in
from plaza.formats.page.drafts import Draft, Heading, Page
from plaza.formats.page.evidence import is_evident
from plaza.formats.page.figures import figures_in
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.initiatives import initiatives_in
from plaza.formats.page.kinds import kind_of
from plaza.formats.page.lines import LINE_END, lines_of
from plaza.formats.page.name import network_in
from plaza.formats.page.people import People
from plaza.formats.page.segments import segmented
from plaza.formats.page.series import series_of
from plaza.formats.page.shapes import WEEK, kind_in, offers_of
from plaza.formats.page.titles import stated_in, suggested
from plaza.formats.page.venues import venues
from plaza.formats.page.when import SOUTH, When, dated

HOSTED: Final = re.compile(
    r"\b((?:[A-ZÀ-Ý][\w’'-]*\s+){0,8}(?:Week|Semana|Semaine)(?:\s+(?:de|del|da|do|of|du|la|el|the|"
    r"[A-ZÀ-Ý][\w’'-]*))*\s+(?:19|20)\d\d)\b"
)


def read_page(text: str, gazetteer: Gazetteer, language: str) -> dict[str, Any]:
    """`text` as decoded; lines are counted in it. Nothing raises: what cannot be understood is `unplaced`."""
    lines = lines_of(text)
    cities = cities_in(lines, gazetteer)
    page = segmented(lines)
    drafts = _told(page)
    headings = _headings(drafts)
    people = People(gazetteer, frozenset(fold(city.name) for city in cities))
    by_line = ByLine(cities)
    southern = [_is_southern(draft, by_line) for draft in drafts]
    whens = dated(drafts, southern)
    meetings = [
        _meeting(f"m{place}", draft, when, by_line, people)
        for place, (draft, when) in enumerate(zip(drafts, whens, strict=True), 1)
    ]
    for heading in page.around:
        people.on(heading.lines, None)
    series = series_of(drafts, meetings, page)
    bodies = tell_about(meetings, lines, headings, people, cities, gazetteer)
    last = len(LINE_END.split(text)) - text.endswith(("\n", "\r"))
    return {
        "source": {
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "lines": last,
            "language": language,
            "text": None,
        },
        "network": network_in((line for heading in page.around for line in heading.lines), lines),
        "meetings": meetings,
        "series": series,
        "people": people.as_list(),
        "cities": [_city(city) for city in cities],
        "organisations": as_rows(bodies),
        "initiatives": initiatives_in(lines, cities),
        "figures": [
            {
                "text": figure.text,
                "value": figure.value,
                "comparator": figure.comparator,
                "unit": figure.unit,
                "line": line.number,
            }
            for line in lines
            if line.is_prose or line.number not in headings
            for figure in figures_in(line.text)
        ],
        "unplaced": [
            {"lines": [heading.lines[0].number, heading.lines[-1].number], "why": heading.why}
            for heading in page.around
        ],
    }


def _told(page: Page) -> list[Draft]:
    """The drafts that tell of a meeting, in the order of the page. A heading over a text that neither names an occasion
    nor asks a question is a part of the page."""
    kept = []
    for draft in sorted(page.drafts, key=lambda draft: draft.lines[0].number):
        if is_evident(draft):
            kept.append(draft)
        else:
            page.around.append(Heading(draft.lines, "no meeting here"))
    page.around.sort(key=lambda heading: heading.lines[0].number)
    return kept


def _meeting(number: str, draft: Draft, when: When | None, cities: ByLine, people: People) -> dict[str, Any]:
    title, title_line = draft.title, draft.title_line or draft.lines[0]
    if title is None:
        title = next((found for line in draft.lines[:1] if (found := stated_in(line.text))), None)
    first, last = draft.lines[0].number, draft.lines[-1].number
    sessions = [
        {
            "title": part.title,
            "line": part.lines[0].number,
            "parallel": part.is_parallel,
            "people": people.on(part.lines, number),
        }
        for part in draft.sessions
    ]
    inner = {line.number for part in draft.sessions for line in part.lines}
    told = [line for line in draft.lines if line.number not in inner]
    named = cities.within(first, last)
    held = venues(draft, told, cities)
    return {
        "id": number,
        "title": title,
        "title_status": "stated" if title else "missing",
        "suggested_title": None if title else suggested(draft.lines),
        "title_line": title_line.number,
        "lines": [first, last],
        "kind": kind_of(draft),
        "date": when and {
            "start": when.start, "end": when.end, "precision": when.precision, "year": when.year, "line": when.line,
        },
        "places": [_place(city, line) for city, line in held],
        "series": None,
        "number": draft.number,
        "host_event": draft.host or _host(draft),
        "cities": [city.name for city in named if _is_told_of(city, (first, last), held)],
        "organisations": [],
        "people": people.on(told, number),
        "materials": [
            {"kind": offer.kind, "line": offer.line, "url": offer.url} for line in draft.lines for offer in offers_of(line)
        ],
        "sessions": sessions,
        "topics": [],
        "confidence": _confidence(draft, when),
    }  # fmt: skip


def _is_told_of(city: Found, lines: tuple[int, int], held: Sequence[tuple[Found, int]]) -> bool:
    """Whether it stands anywhere but where the page says that the meeting was there."""
    there = {line for each, line in held if each is city}
    return any(lines[0] <= line <= lines[1] and line not in there for line in city.lines)


def _place(city: Found, line: int) -> dict[str, Any]:
    return {"name": city.name, "geonameid": city.place.geonameid if city.place else None, "line": line}


def _host(draft: Draft) -> str | None:
    for line in draft.lines:
        if WEEK.search(line.folded) and (match := HOSTED.search(line.text)):
            return match[1]
    return None


def _is_southern(draft: Draft, cities: ByLine) -> bool:
    first, last = draft.lines[0].number, draft.lines[-1].number
    countries = {city.country for city in cities.within(first, last)}
    return bool(countries & SOUTH)


def _headings(drafts: Sequence[Draft]) -> set[int]:
    titles = {draft.title_line.number for draft in drafts if draft.title_line is not None}
    return titles | {part.lines[0].number for draft in drafts for part in draft.sessions}


def _city(city: Found) -> dict[str, Any]:
    return {
        "name": city.name,
        "country": city.country,
        "geonameid": city.place.geonameid if city.place else None,
        "lines": city.lines,
    }


def _confidence(draft: Draft, when: When | None) -> float:
    score = (
        0.4
        + 0.2 * (draft.title is not None)
        + 0.2 * (when is not None)
        + 0.1 * any(offers_of(line) for line in draft.lines)
    )
    return round(min(0.95, score + 0.1 * any(kind_in(line.folded) for line in draft.lines[:3])), 2)

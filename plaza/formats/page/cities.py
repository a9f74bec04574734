"""Which cities a page names: those of the gazetteer where the text means a place, and those it calls cities itself."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import MONTHS, said_in
from plaza.formats.page.gazetteer import Gazetteer, Place
from plaza.formats.page.lines import Line
from plaza.formats.page.names import NAME, REACH
from plaza.formats.page.shapes import KIND, KIND_WORDS, MATERIAL_WORDS
from plaza.formats.page.vocabulary import ALSO_NAMES, BODIES, words

NO_PLACES: Final = words("no places")
WORD: Final = r"[A-ZÀ-Ý][\w’'À-ÿ-]*\.?"
PHRASE: Final = re.compile(
    rf"(?:(?<![\w’'])|(?<=\b[dlDL][’']))({WORD}(?:\s+(?:(?:de|del|da|do|dos|das|la|las|los|el|of|the|d[’'])\s+)*{WORD}){{0,4}})"
)
# A place follows these; a surname hardly ever.
LEADS: Final = re.compile(
    r"\b(?:in|of|from|to|at|for|near|between|as|en|de|desde|hacia|entre|em|a|para|por|à|vers|depuis|"
    r"cases? of|casos de)\s+(?:the\s+|la\s+|el\s+)?$",
    re.IGNORECASE,
)
GOVERNS: Final = re.compile(
    r"\b(?:may[oó]r|alcalde|alcaldesa|prefeit[oa]|intendent[ae]|maire|vice-prefeit[oa]|vicealcalde(?:sa)?|"
    r"municip(?:ality|io|alidad)|mayor'?s office"
    r"|city council|concej[oa]l?|c[âa]mara municipal|prefeitura(?: municipal)?|ayuntamiento|alcald[ií]a|"
    r"mairie|ciudad|cidade|city|ville|subprefeitura)"
    r"(?:\s+[A-ZÀ-Ý][\w-]+){0,4}\s+(?:of|de|da|do|d[’'])\s*(?:la\s+ciudad\s+de\s+)?$"
    r"|\b(?:city|town|municipal|housing|sanitation|deputy|adjointe?)(?:\s+(?:à|aux?|city|town|deputy|l[’']))*\s*\w+\s+(?:of\s+|de\s+|d[’'])$",
    re.IGNORECASE,
)
# Somebody with an office in a city hall; the city comes after it.
WORKS_FOR: Final = re.compile(
    r"\b(?:secretári[oa]|secretari[oa]|direct\w+|diretor\w*|gerent\w+|jef[ea]|chefe|coordinador\w*|"
    r"coordenador\w*|ouvidor[\w-]*|defesa civil|defensa civil|psic[oó]log[oa])"
    r"(?:\s+(?:geral|general|civil|nocturn[oa]|da noite))?(?:\s+de\s+[\w]+(?:\s+[ye]\s+\w+)?)?\s+(?:de|del|do|da)\s+$",
    re.IGNORECASE,
)
HALL: Final = re.compile(
    r"^(?:Defesa Civil|Defensa Civil|Câmara Municipal|Prefeitura(?: Municipal)?|Ayuntamiento|Alcaldía|"
    r"Municipio|Municipalidad|Mairie|Ville|Commune|Ciudad|Cidade|City|Town|Municipality)"
    r"\s+(?:de|da|do|of|d[’'])\s*([A-ZÀ-Ý].+)$|^(.+?)\s+(?:City|Town|Municipal) Council$"
    r"|^Mayor\s+(?:[A-ZÀ-Ý][\w’-]+\s+){1,4}of\s+([A-ZÀ-Ý].+)$"
)
# Words of a city's name, at most.
LONGEST: Final = 5
# A place where something was held.
HELD: Final = re.compile(
    r"\b(?:held|tenue?|prévue?|organisée?|realizad[ao]|celebrad[ao]|workshop|discussion|conference|atelier|taller|oficina|débat|congrès|congreso)"
    r"\s+(?:in|à|en|em)\s+$|(?:^|[.;]\s+)(?:À|Em|En)\s+$"
)
# The same with a date between, for a name of one word: of two it may be a person.
HELD_AT_ONE: Final = re.compile(
    r"(?:\b(?:held|took place|tenue?|prévue?|organisée?|realizad[ao]|celebrad[ao]|tuvo lugar|aconteceu)\b"
    r"(?:[\s,]|\b(?:in|on|of|the|le|la|au|du|en|el|de|del|a|no|na|em|l[’'])\b)*|,\s+)(?:\b(?:in|à|en|em)\s+)$"
)
# `Itapeva/SP`: a Brazilian address.
WITH_STATE: Final = re.compile(
    r"([A-ZÀ-Ý][\wÀ-ÿ]+(?: (?:d[aeo]s? )?[A-ZÀ-Ý][\wÀ-ÿ]+){0,3})\s?/\s?(?:AC|AL|AM|AP|BA|CE|DF|ES|GO|MA|"
    r"MG|MS|MT|PA|PB|PE|PI|PR|RJ|RN|RO|RR|RS|SC|SE|SP|TO)\b"
)
# An entry of a list of meetings: the place stands after the title, between bars, or last behind a date.
ENTRY: Final = re.compile(
    rf"(?:[»”\"]\s*[,|–—-]|\|)\s*({WORD})(?=\s*(?:[.,|]|$))|^[^:]{{4,24}}\s?:\s[^.]*,\s({WORD})$",
)
# `Medellín is a city that …`
IS_ONE: Final = re.compile(
    r"^\s+(?:is|was|es|era|fue|é|foi|est|était)\s+(?:an?|the|una?|la|el|uma?|o|a|une|l[’'])\s*(?:\w+\s+){0,2}?"
    r"(?:city|town|municipality|capital|ciudad|municipio|cidade|município|ville|commune|capitale)\b",
    re.IGNORECASE,
)
CITY_STATES: Final = frozenset(("singapore", "singapur", "singapura", "singapour", "hong kong", "monaco"))
CASES: Final = re.compile(r"\b(?:casos? de|cases? of|cas de|experiencias de|experiences of)\s+$", re.IGNORECASE)
# A name after these is a body's, a street's, a state's.
INSIDE: Final = re.compile(
    r"\b(?:universi\w+|school|escuela|college|instituto?|bank|banco|convention|acuerdo|marco|framework|"
    r"protocol\w*|agreement|accord|state|estado|province|provincia"
    r"|department|departamento|calle|rua|avenida|street|plaza|parque|r[ií]o|rio|river|baci[ao]|hotel|"
    r"radio|diario|diário|fc|f\.c\.|patronato|nuevo|nueva|novo|nova)\s+(?:of|de|da|do|del|la|el|\W)*\s*$",
    re.IGNORECASE,
)
AND: Final = re.compile(
    r"^\s*(?:,|\by\b|\be\b|\band\b|\bet\b|&|,\s*(?:y|e|and|et)\b)?\s*(?:(?:in|en|em|from|de|a|à)\s+)?$"
)


@dataclass
class Found:
    name: str
    place: Place | None
    country: str | None
    lines: list[int] = field(default_factory=list)


def cities_in(lines: Sequence[Line], gazetteer: Gazetteer) -> list[Found]:
    """Each city once, in the order of the page, with the lines on which it stands."""
    found: dict[str, Found] = {}
    called = [name for line in lines for name in (*_called_cities(line, gazetteer), *_in_an_entry(line, gazetteer))]
    own = {fold(name): name for name in called if len(name.split()) <= LONGEST and not gazetteer.country(name)}
    longer = [_long_names(line.text) for line in lines]
    for line, its in zip(lines, longer, strict=True):
        for name, country in _places_of(line.text, gazetteer, its, own):
            key = fold(name)
            place = gazetteer.best(name, country)
            row = found.setdefault(key, Found(name, place, country or (place.country if place else None)))
            if country and row.country != country and place:
                row.place, row.country = place, country
            if line.number not in row.lines:
                row.lines.append(line.number)
    _again(found, lines, longer, gazetteer)
    return list(found.values())


def _long_names(text: str) -> list[tuple[int, int]]:
    """Where names of several words stand: a city inside one is somebody's surname, or a body's."""
    return [match.span(1) for match in NAME.finditer(text)]


def _is_inside(longer: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of these stretches, in order and apart, holds this one and more."""
    at = bisect_right(longer, start, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and end <= longer[at][1] and longer[at] != (start, end)


def _again(
    found: Mapping[str, Found], lines: Sequence[Line], longer: Sequence[Sequence[tuple[int, int]]], gazetteer: Gazetteer
) -> None:
    """A city that the page has placed once is meant wherever its name stands by itself. `longer`: of each line."""
    for line, its in zip(lines, longer, strict=True):
        for match in PHRASE.finditer(line.text):
            for name, start, end in _parts(match, gazetteer, found):
                row = found.get(fold(name))
                if row is None or line.number in row.lines or INSIDE.search(line.text[max(0, start - REACH) : start]):
                    continue
                if not _is_inside(its, start, end):
                    row.lines.append(line.number)
    for row in found.values():
        row.lines.sort()


def _called_cities(line: Line, gazetteer: Gazetteer) -> Iterator[str]:
    """What a page itself calls a city: who governs it, or what country it lies in."""
    text, undated = line.text, _undated(line)
    yield from (match[1] for match in WITH_STATE.finditer(text))
    for match in PHRASE.finditer(text):
        name = match[1].rstrip(".")
        before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + REACH]
        if gazetteer.country(name) or len(name) < 3:
            continue
        name = re.split(r"(?<=\w\w\w\w)\.\s", name)[0]
        if fold(name) not in gazetteer.places and (hall := HALL.match(name)):
            yield next(filter(None, hall.groups()))
            continue
        body = any(word in BODIES and word not in ALSO_NAMES for word in fold(name).split())
        office = WORKS_FOR.search(before)
        if office and re.match(r"(?i)secret", office[0]) and " de " in name:
            name = name.split(" de ", 1)[1]  # the portfolio comes first
        elif (
            office
            and re.match(r"(?i)secret", office[0])
            and not re.search(r"(?i)de\s+\w+\s+(?:de|do|da|del)\s+$", office[0])
        ):
            office = None
        if (
            GOVERNS.search(before)
            or (office and not body and len(name.split()) > 1)
            or (CASES.search(before) and not body)
            or (
                " " not in name
                and re.match(r"\s*[,.;]|\s*$", after)
                and HELD_AT_ONE.search(undated[max(0, match.start() - REACH) : match.start()])
            )
            or (HELD.search(before) and not body and re.match(r"\s*(?:[,.;|]|$|le\b|on\b|el\b|em\b|in\b|en\b)", after))
        ) or (LEADS.search(before) and not INSIDE.search(before) and _country_after(after, gazetteer)):
            yield _cut(name)


def _undated(line: Line) -> str:
    """The line with spaces where its dates stand."""
    text = line.text
    if len(line.folded) == len(text):
        for said in line.dates:
            text = text[: said.start] + " " * (said.end - said.start) + text[said.end :]
    return text


def _in_an_entry(line: Line, gazetteer: Gazetteer) -> Iterator[str]:
    """A single word that only a place can be: of two it might be a person."""
    if line.is_prose or not line.dates or KIND.search(line.folded) is None:
        return
    for match in ENTRY.finditer(line.text):
        name = (match[1] or match[2]).rstrip(".")
        word = fold(name)
        is_another_thing = word in NO_PLACES or word in MATERIAL_WORDS or word in KIND_WORDS or word in MONTHS
        if len(name) > 3 and not is_another_thing and not gazetteer.country(name):
            yield name


def _cut(name: str) -> str:
    return re.split(r"\s+(?:y|e|and|et)\s+", name)[0]


def _places_of(
    text: str, gazetteer: Gazetteer, people: Sequence[tuple[int, int]], own: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    last_end: int | None = None
    for match in PHRASE.finditer(text):
        for name, start, end in _parts(match, gazetteer, own):
            before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
            country = _country_after(after, gazetteer)
            is_own = fold(name) in own
            inside_a_longer = _is_inside(people, start, end)
            joined = last_end is not None and AND.match(text[last_end:start]) is not None
            if INSIDE.search(before) and not is_own:
                continue
            alone = _stands_alone(text, start, end)
            if is_own:
                if not inside_a_longer or alone or GOVERNS.search(before) or LEADS.search(before):
                    yield name, country
                    last_end = end
                continue
            if inside_a_longer and not (LEADS.search(before) or country or alone):
                continue
            placed = LEADS.search(before) or country or joined or alone or GOVERNS.search(before) or IS_ONE.match(after)
            is_country = (
                fold(name) not in CITY_STATES
                and gazetteer.country(name)
                and not (alone and re.match(r"\s*,\s*\d", after))
            )
            if placed and not is_country:
                yield name, country
                last_end = end


def _parts(match: re.Match[str], gazetteer: Gazetteer, own: Mapping[str, object]) -> Iterator[tuple[str, int, int]]:
    """The longest known names inside a capitalised phrase."""
    words = [(word.group(), match.start(1) + word.start()) for word in re.finditer(r"\S+", match[1])]
    begin = 0
    while begin < len(words):
        for end in range(len(words), begin, -1):
            start = words[begin][1]
            stop = words[end - 1][1] + len(words[end - 1][0])
            name = match.string[start:stop].rstrip(".,;")
            if len(name) > 2 and (fold(name) in own or fold(name) in gazetteer.places):
                yield name, start, start + len(name)
                begin = end
                break
        else:
            begin += 1


def _country_after(after: str, gazetteer: Gazetteer) -> str | None:
    if match := re.match(
        r"\s*(?:,\s*|\(|de\s+)([A-ZÀ-Ý][\w À-ÿ&-]*?)\s*(?:[),.;:]|$|\s+(?:y|e|and|et|is|are)\b)", after
    ):
        return gazetteer.country(match[1])
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """`Rosario, 3 al 7 de junio`; `… - Guadalajara, September 2018`; `Madrid, December 2019`: at the edge, before a date."""
    before, after = text[max(0, start - REACH) : start].rstrip(), text[end : end + REACH]
    at_edge = not before or before[-1] in "-–—.|(:" or (before[-1] == "," and (len(before) > 40 or _dated_next(after)))
    return at_edge and re.match(r"\s*(?:D\.?C\.?)?\s*(?:,|\(|\)|$|\||/|-|–)", after) is not None


def _dated_next(after: str) -> bool:
    """`Taller, Guayaquil, 12 de marzo de 2021`."""
    return re.match(r"\s*,", after) is not None and any(
        said.weight > 1 and not re.search(r"\w{4}", fold(after[: said.start])) for said in said_in(fold(after[:48]))
    )


class ByLine:
    """The cities that stand on a stretch of lines."""

    def __init__(self, cities: Sequence[Found]) -> None:
        self._cities: dict[int, list[Found]] = {}
        for city in cities:
            for line in city.lines:
                self._cities.setdefault(line, []).append(city)

    def within(self, first: int, last: int) -> list[Found]:
        found = {id(city): city for line in range(first, last + 1) for city in self._cities.get(line, ())}
        return list(found.values())

"""Where a meeting was held, as apart from the cities that it was about."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.cities import ByLine, Found
from plaza.formats.page.drafts import Draft
from plaza.formats.page.lines import Line
from plaza.formats.page.names import REACH
from plaza.formats.page.shapes import DETAIL_LABEL, KIND

QUOTED: Final = re.compile(r"[«“\"][^»”\"]{2,200}[»”\"]")
BETWEEN: Final = re.compile(r"[|·•:,;()]|\.\s|\s[-–—/]\s")
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
# `Itapeva/SP`, `Washington D.C.`
STATE: Final = re.compile(r"\s?/\s?[a-z]{2}$|\s+d\.?\s?c$")
IN: Final = r"\b(?:in|at|en|em|no|na|a|au)\s+$"
# `held in mid-September in`, `realizada em`, `tenue au printemps, à`.
HELD_IN: Final = re.compile(
    r"\b(?:held|hosted|took place|taking place|celebrad[ao]s?|realizad[ao]s?|tuvo lugar|se (?:realizo|celebro|reunio)|"
    r"realizou-se|aconteceu|dimos|demos|gave|tenue?s?|prevue?s?|organisee?s?|organizad[ao]s?|s'est tenue?|eu lieu)"
    r"\b[^.;?!]{0,45}?" + IN
)
# After the word for an occasion nothing but its name, quoted, may stand before the place.
OCCASION_IN: Final = re.compile(KIND.pattern + r"\W*" + IN)
TO_THE_DATE: Final = re.compile(
    r"(?:\s*,\s*[a-z ]{3,30}?)?\s*,?\s*(?:(?:in|en|em|no|on|le|el|a|au|du|de|del|la)\s+){0,2}"
)
FROM_THE_DATE: Final = re.compile(r"\s*,?\s*(?:in|at|en|em|a|au)\s+")
# A date that far away, in letters, says nothing of the place.
NEAR: Final = 60
AND: Final = re.compile(r"\s*(?:,|y|e|and|et)\s*")


def venues(draft: Draft, told: Sequence[Line], cities: ByLine) -> list[tuple[Found, int]]:
    """Each city in which the meeting was held, with its line; those of the week or meeting around it where it says
    nothing itself. `told`: the lines that are no session's."""
    own = {id(city): (city, number) for line in told for city, number in _on(line, cities)}
    if own or draft.within is None or draft.day is None:
        return list(own.values())
    return [(city, line.number) for line in draft.within.lines for city, _ in _on(line, cities)]


def _on(line: Line, cities: ByLine) -> Iterator[tuple[Found, int]]:
    here = cities.within(line.number, line.number)
    if not here or len(line.folded) != len(line.text):
        return
    if not line.is_prose and (line.dates or DETAIL_LABEL.match(line.folded) or YEAR.search(line.folded)):
        apart = {STATE.sub("", part.strip(" .")) for part in BETWEEN.split(QUOTED.sub(" | ", line.folded))}
        if found := [(city, line.number) for city in here if fold(city.name) in apart]:
            yield from found
            return
    last: int | None = None
    for start, end, city in sorted(_stands(line, here), key=lambda found: found[:2]):
        joined = last is not None and AND.fullmatch(line.folded[last:start])
        if joined or _is_held(line, start, end):
            yield city, line.number
            last = end


def _stands(line: Line, cities: Sequence[Found]) -> Iterator[tuple[int, int, Found]]:
    for city in cities:
        for match in re.finditer(rf"\b{re.escape(fold(city.name))}\b", line.folded):
            yield match.start(), match.end(), city


def _is_held(line: Line, start: int, end: int) -> bool:
    sentence = re.split(r"[.?!]\s", line.folded[max(0, start - REACH) : start])[-1]
    before = QUOTED.sub(" ", sentence)
    if HELD_IN.search(before) or OCCASION_IN.search(before):
        return True
    if not re.search(IN, before):
        return False
    first = bisect_left(line.dates, start - NEAR, key=lambda said: said.end)
    for said in line.dates[first:]:
        if said.start > end + NEAR:
            return False
        beside = line.folded[end : said.start] if said.start >= end else line.folded[said.end : start]
        if (TO_THE_DATE if said.start >= end else FROM_THE_DATE).fullmatch(beside):
            return True
    return False

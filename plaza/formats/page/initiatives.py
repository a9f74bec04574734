"""What a city runs under a name of its own: a strategy, a line, a programme in quotation marks."""

import re
from collections.abc import Sequence
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.cities import Found
from plaza.formats.page.lines import Line

INITIATIVE: Final = re.compile(
    r"\b(?:initiative|strategy|program(?:me)?|project|campaign|scheme|iniciativa|estrategia|estratégia|programa|proyecto|"
    r"projeto|campaña|campanha|línea|linha|initiative|stratégie|dispositif|projet|campagne)\b[^.«“\"]{0,25}"
    r"[«“\"]([^»”\"]{3,60})[»”\"]",
    re.IGNORECASE,
)
SENTENCE: Final = re.compile(r"(?<=[a-zà-ÿ0-9)»”\"])[.!?…]\s+(?=[A-ZÀ-Ý¿¡«“\"])")


def initiatives_in(lines: Sequence[Line], cities: Sequence[Found]) -> list[dict[str, Any]]:
    """Each once, with its first line and the city of its sentence: the one after the name, else the last before it."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        for match in INITIATIVE.finditer(line.text):
            name = match[1].strip(" ,")
            row = found.setdefault(fold(name), {"name": name, "city": None, "line": line.number})
            row["city"] = row["city"] or _city(line, match, cities)
    return list(found.values())


def _city(line: Line, match: re.Match[str], cities: Sequence[Found]) -> str | None:
    begin = max((each.end() for each in SENTENCE.finditer(line.text, 0, match.start())), default=0)
    end = next((each.start() for each in SENTENCE.finditer(line.text, match.end())), len(line.text))
    stand = [
        (place.start(), city.name)
        for city in cities
        if line.number in city.lines
        for place in re.finditer(rf"(?<!\w){re.escape(city.name)}(?!\w)", line.text[begin:end])
    ]
    after = [each for each in stand if each[0] >= match.end() - begin]
    before = [each for each in stand if each[0] < match.start() - begin]
    return min(after)[1] if after else max(before)[1] if before else None

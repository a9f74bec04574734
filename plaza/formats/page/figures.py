"""Figures in running text: a number with what it counts. Not dates, hours, ordinals, labels, names of laws."""

import re
from dataclasses import dataclass
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import HOURS, said_in
from plaza.formats.page.stretches import Stretches
from plaza.formats.page.vocabulary import words

COMPARATORS: Final[tuple[tuple[str, str], ...]] = (
    (
        ">",
        r"more than|over|above|mas de|mais de|plus de|superior a|at least|al menos|pelo menos|au moins|exceed(?:s|ed)?",
    ),
    ("<", r"less than|under|below|fewer than|menos de|menos que|moins de|casi|nearly|almost|quase|pres de"),
    ("<=", r"up to|hasta(?: un)?|ate|jusqu'a"),
    ("~", r"about|around|approximately|some|unos|unas|cerca de|alrededor de|aproximadamente|uns|umas|environ|quelque"),
)
SCALES: Final = {
    "thousand": 1e3, "mil": 1e3, "mille": 1e3, "million": 1e6, "millions": 1e6, "millon": 1e6, "millones": 1e6,
    "milhao": 1e6, "milhoes": 1e6, "mdp": 1e6, "billion": 1e9, "bilhao": 1e9, "bilhoes": 1e9, "milliard": 1e9,
    "milliards": 1e9, "mil millones": 1e9, "billon": 1e12, "billones": 1e12, "trillion": 1e12,
}  # fmt: skip
NUMBER: Final = re.compile(
    r"(?<![\w/.,:-])(?P<money>r\$|us\$|u\$s|\$|€|"
    r"£)?\s?(?P<thousands>(?:\d{1,3}\s+)?mil\s+(?=\d{3}(?!\d)))?(?P<number>\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?:[.,]\d+)?|"
    r"\d+(?:[.,]\d+)?)"
    r"(?:\s+(?P<scale>" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")\b)?"
    r"\s*(?P<unit>%|por ciento|por cento|percent|per cent|pour cent|[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)?)?"
)
LABELS: Final = re.compile(
    r"(?:\b(?:n|no|num|numero|number|nr|webinar|panel|painel|session|sesion|sala|room|dia|day|article|"
    r"articulo|art|ley|lei"
    r"|law|cop|covid|agenda|objetivo|goal|ods|sdg|page|pagina|vol|zone|zona|comuna|avenida|calle|rua|av|tel)"
    r"\.?\s*[º°#]?\s*|[#№]\s*)$"
)
NO_UNITS: Final = words("no units")
ORDINAL: Final = re.compile(r"^(?:º|ª|°|st|nd|rd|th|er|eme|e|a|o)\b")
SMALLEST_WITHOUT_UNIT: Final = 10
COMPARED: Final = [(sign, re.compile(rf"\b(?:{said})\s*(?:us\$|r\$|\$)?\s*$")) for sign, said in COMPARATORS]


@dataclass(frozen=True, slots=True)
class Figure:
    text: str
    value: float
    comparator: str | None
    unit: str


# In letters, as far as is looked for what is said of a number.
NEAR: Final = 80


def figures_in(text: str) -> list[Figure]:
    """The figures of a text, in order. 3,5 and 3.5 are three and a half, 1.240 and 1,240 more than a thousand."""
    folded = fold(text)
    if len(folded) != len(text):
        text = folded
    dates = Stretches()
    for begin, stop in [(said.start, said.end) for said in said_in(folded)] + [
        m.span() for m in HOURS.finditer(folded)
    ]:
        dates.take(begin, stop)
    found: list[Figure] = []
    for match in NUMBER.finditer(folded):
        start, end = match.span("number")
        if dates.touch(start, end):
            continue
        before, after = folded[max(0, match.start() - NEAR) : match.start()], folded[end : end + NEAR]
        unit = (match["unit"] or "").strip()
        first = unit.split()[0] if unit else ""
        if ORDINAL.match(after) or (LABELS.search(before) and not match["money"] and unit != "%"):
            continue
        if (not unit or first in NO_UNITS) and not (match["money"] or match["scale"]):
            counts_on = found and _goes_on(before) and _value(match["number"]) >= SMALLEST_WITHOUT_UNIT
            if not counts_on:
                continue
        value = _value(match["number"]) * SCALES.get(match["scale"] or "", 1.0)
        if match["thousands"]:  # mil 385, 2 mil 440
            value += 1000 * float(match["thousands"].split()[0] if match["thousands"][0].isdigit() else 1)
        if not match["scale"] and not match["money"] and match["number"].isdigit() and 1900 <= value <= 2100:
            continue  # a year
        comparator, begin = next(
            (
                (sign, match.start() - len(before) + said.start())
                for sign, words in COMPARED
                if (said := words.search(before))
            ),
            (None, match.start()),
        )
        begins, ends = _counted(text, match)
        counted = text[begins:ends] or (match["money"] or "").upper()
        found.append(
            Figure(
                text[begin : ends if ends > begins else max(end, match.end("scale"))].strip(" ,.;"),
                value,
                comparator,
                counted,
            )
        )
    return found


def _counted(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where what is counted begins and ends: `cities` of *200 cities in*, `gobiernos locales`, `female officials`, `pesos`
    of *70 millones de pesos*. A second word stays where it is an adjective or a noun: both are plural, or it alone is."""
    begin, end = match.span("unit")
    if begin < 0 or not text[begin:end][:1].isalpha() or RATIO.fullmatch(fold(text[begin:end])):
        return begin, end
    if of := OF.match(text, begin, end):
        begin = of.end()
    tokens = list(re.finditer(r"[^\W\d_][\w'’-]*", text[begin:end]))
    kept = [token for token in tokens if fold(token[0]) not in NO_UNITS | LINKS]
    if not kept or kept[0].start() != tokens[0].start():
        return begin, begin
    first, second = fold(kept[0][0]), fold(kept[1][0]) if len(kept) > 1 else ""
    if second and not _is_plural(first) and not _is_plural(second):
        return begin, begin  # 310 viraram boletim; 10 million Latin American …
    is_pair = second not in AUXILIARIES and _is_plural(second)
    return begin, begin + kept[1 if is_pair else 0].end()


def _is_plural(word: str) -> bool:
    return word.endswith(("s", "x")) or word in ("people", "children", "women", "men", "gente")


RATIO: Final = re.compile(r"por ciento|por cento|percent|per cent|pour cent")
OF: Final = re.compile(r"(?:of|de|des)\s+|d['’]\s*", re.IGNORECASE)
LINKS: Final = words("articles") | words("particles") | words("no longer a unit")
AUXILIARIES: Final = words("auxiliaries")


def _goes_on(before: str) -> bool:
    """Whether it may count what the figure before it counted: `310 … e 44 foram`."""
    return re.search(r"(?:[;,]|\b(?:y|e|and|et))\s*(?:\w+\s+)?$", before) is not None


def _value(number: str) -> float:
    plain = re.sub(r"[\u00a0\u202f' ]", "", number)
    # Three digits after a sign are thousands in any language: nobody counts to a thousandth here.
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        return float(re.sub(r"[.,]", "", plain))
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    return float(plain.replace(",", "."))

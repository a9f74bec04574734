"""Dates as pages write them, in four languages: days, ranges, months, parts of a month, seasons, years."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from plaza.formats.page.stretches import Stretches
from plaza.formats.page.vocabulary import words

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janeiro janvier",
            "february feb febrero fevereiro fev fevrier",
            "march mar marzo marco mars",
            "april apr abril abr avril",
            "may mayo maio mai",
            "june jun junio junho juin",
            "july jul julio julho juillet",
            "august aug agosto ago aout",
            "september sept sep septiembre setiembre setembro set septembre",
            "october oct octubre outubro out octobre",
            "november nov noviembre novembro novembre",
            "december dec diciembre dic dezembro dez decembre",
        ),
        1,
    )
    for name in names.split()
}
SHORT: Final = words("short months")
SEASONS: Final[dict[str, int]] = {  # first month in the north
    "spring": 3, "primavera": 3, "printemps": 3, "summer": 6, "verano": 6, "verao": 6, "ete": 6,
    "autumn": 9, "fall": 9, "otono": 9, "outono": 9, "automne": 9, "winter": 12, "invierno": 12, "inverno": 12, "hiver": 12,
}  # fmt: skip
WEEKDAYS: Final = words("weekdays")
_M: Final = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_Y: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_D: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|o)?(?!\d)"
_TO: Final = r"\s*(?:-|–|—|to|al|a|ate|au|et|y|e|and|&|,)\s*"
_END: Final = r"(?P<last>\d{1,2})(?:st|nd|rd|th|er|º|°)?(?!\d)"
_OF: Final = r"\s*(?:de|del|of|do|d')?\s*"
_OFY: Final = rf"(?:(?:\s*,)?{_OF}{_Y})?"
PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_Y}-(?P<mon>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[/.](?P<mon>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?!\d|[./]\d)",
        rf"(?<![\d/]){_D}{_TO}{_END}{_OF}\b{_M}{_OFY}",
        rf"(?<![\d/.,]){_D}{_OF}\b{_M}{_OFY}",
        rf"\b{_M}\s+{_D}{_TO}{_END}(?:,?\s*{_Y})?",
        rf"\b{_M}\s+{_D}(?:,?\s*{_Y})?",
        rf"\b(?P<part>mid|mi|mediados|meados|early|late|end|fim|fin|final|finales|debut|inicio|inicios|comienzos"
        rf"|principios|comeco)\b(?:\s*-\s*|\s+(?:of|de|do|du)?\s*|\s+){_M}{_OFY}",
        rf"\b{_M}{_OF}{_Y}",
        rf"\b(?P<season>{'|'.join(SEASONS)})\b{_OF}{_Y}",
        r"(?<![\d/])(?P<day>\d{1,2})/(?P<mon>\d{1,2})(?![\d/])(?=\s*(?:,|-|–|$|\d{1,2}[:h]))",
        rf"\b(?:em|en|in|au|im)\s+{_M}(?!\s+\d)",
        rf"\b(?:de|du|d')\s*{_M}(?=\s*[,.;])",
        rf"\b{_M}(?=\s*$|\s*\|)",
        rf"(?<![\d.,$/-]){_Y}(?![\d.,%/-]\d)",
    )
)  # fmt: skip
YEAR_ONLY: Final = PATTERNS[-1]
DAY_LABEL: Final = re.compile(
    rf"^(?:(?:{'|'.join(WEEKDAYS)})(?:-feira)?,?\s+|dia\s+|day\s+|jour\s+|el\s+)(?P<day>\d{{1,2}})(?!\d|"
    rf"\s*(?:de|/))\b[.,:]?"
)
HOURS: Final = re.compile(r"\b\d{1,2}\s?[:h]\s?\d{0,2}\s?h?\b|\b\d{1,2}\s?(?:am|pm|hs?|hrs?)\b|\b\d+ min\b")
SINCE: Final = re.compile(
    r"\b(?:since|desde|depuis|until|hasta|ate|jusqu|before|antes|entre|between|from|in force)\s*(?:o|el|la|the)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A date as it was said: what was not said is None. `start`, `end`: where it stands in the folded text."""

    year: int | None
    month: int | None
    day: int | None
    last: int | None
    season: str | None
    start: int
    end: int

    @property
    def weight(self) -> int:
        """How much it says: a day says more than a month, a month more than a year."""
        return 3 if self.day else 2 if self.month or self.season else 1

    def in_year(self, year: int, *, southern: bool = False) -> tuple[dt.date, dt.date, str] | None:
        """First and last day and the precision; None where no calendar has such a day."""
        try:
            if self.season:
                first = SEASONS[self.season]
                first = (first + 5) % 12 + 1 if southern else first
                last_month = first + 2 if first <= 10 else 12
                return (
                    dt.date(year, first, 1),
                    dt.date(year, last_month, calendar.monthrange(year, last_month)[1]),
                    "season",
                )
            if self.month is None:
                return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
            if self.day is None:
                return (
                    dt.date(year, self.month, 1),
                    dt.date(year, self.month, calendar.monthrange(year, self.month)[1]),
                    "month",
                )
            first_day = dt.date(year, self.month, self.day)
            last_day = dt.date(year, self.month, self.last) if self.last and self.last > self.day else first_day
            return first_day, last_day, "day"
        except ValueError:
            return None


def said_in(folded: str) -> list[Said]:
    """The dates in a folded text, in order, none inside another. 11/05/2020 is read day first unless no month has
    that number."""
    found: list[Said] = []
    taken = Stretches()
    for pattern in PATTERNS:
        for match in pattern.finditer(folded):
            if taken.touch(*match.span()):
                continue
            said = _said(match)
            before = folded[max(0, match.start() - 40) : match.start()]
            if said is None or (pattern is YEAR_ONLY and SINCE.search(before)):
                continue
            found.append(said)
            taken.take(*match.span())
    return sorted(found, key=lambda said: said.start)


def _said(match: re.Match[str]) -> Said | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    day = int(parts["day"]) if parts.get("day") else None
    last = int(parts["last"]) if parts.get("last") else None
    month = MONTHS.get(parts["month"]) if parts.get("month") else None
    if parts.get("mon"):
        month = int(parts["mon"])
        if month > 12 and day and day <= 12:
            month, day = day, month
    if parts.get("month") in SHORT and day is None and year is None:
        return None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if last is not None and not 1 <= last <= 31:
        last = None
    return Said(year, month, day, last, parts.get("season"), match.start(), match.end())

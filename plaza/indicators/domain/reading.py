"""What is known of a city in figures: the latest of each indicator, and the years before."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from plaza.accounts.access import Asker
from plaza.directory.models import City
from plaza.indicators.models import Indicator, IndicatorValue

# A line needs three years to say more than its table.
YEARS_FOR_A_LINE: Final = 3
WIDTH: Final = 240
HEIGHT: Final = 60
EDGE: Final = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """`line` is the way of the years, as points of a drawing of WIDTH by HEIGHT; empty where there are too few."""

    indicator: Indicator
    latest: IndicatorValue
    earlier: Sequence[IndicatorValue]
    line: Sequence[tuple[float, float]]

    @property
    def points(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.line)

    @property
    def last(self) -> tuple[str, str]:
        x, y = self.line[-1]
        return f"{x:g}", f"{y:g}"

    @property
    def first_of_line(self) -> str:
        """The year in which the line begins."""
        return str(min(row.year for row in [self.latest, *self.earlier] if row.source == self.latest.source))


def standings_of(city: City, user: Asker) -> list[Standing]:
    """One query."""
    rows = (
        IndicatorValue.objects.visible_to(user)
        .filter(city=city, is_withdrawn=False)
        .select_related("indicator")
        .order_by("indicator__position", "indicator_id", "-year", "source", "pk")
    )
    found = []
    for _, group in groupby(rows, key=lambda row: row.indicator_id):
        latest, *earlier = group
        found.append(Standing(latest.indicator, latest, earlier, line_of([latest, *earlier])))
    return found


def line_of(values: Sequence[IndicatorValue]) -> list[tuple[float, float]]:
    """By one source alone, the latest one's: two sources do not make one line."""
    years = {row.year: float(row.number) for row in values if row.number is not None and row.source == values[0].source}
    if len(years) < YEARS_FOR_A_LINE:
        return []
    first, last = min(years), max(years)
    least, most = min(years.values()), max(years.values())
    across, up = (WIDTH - 2 * EDGE) / (last - first), (HEIGHT - 2 * EDGE) / ((most - least) or 1)
    level = HEIGHT / 2
    return [
        (
            round(EDGE + (year - first) * across, 1),
            round(HEIGHT - EDGE - (years[year] - least) * up, 1) if most > least else level,
        )
        for year in sorted(years)
    ]

"""The demo's figures: invented, of the invented cities alone, and the source says so."""

import tomllib
from typing import Any, Final

from plaza.demo.network import DATA
from plaza.directory.models import City
from plaza.indicators.domain.measuring import measure
from plaza.indicators.models import Indicator, IndicatorValue

SOURCE: Final = "Plaza (demo)"


def load_figures() -> int:
    """Those that stand already are left as they are. Returns how many are new."""
    rows: list[dict[str, Any]] = tomllib.loads((DATA / "figures.toml").read_text("utf-8"))["figure"]
    cities = {city.slug: city for city in City.objects.filter(is_fictional=True)}
    indicators = {row.code: row for row in Indicator.objects.all()}
    standing = set(IndicatorValue.objects.filter(source=SOURCE).values_list("city__slug", "indicator__code", "year"))
    new = 0
    for row in rows:
        for year, value in row["years"].items():
            if (row["city"], row["indicator"], int(year)) not in standing:
                measure(
                    city=cities[row["city"]],
                    indicator=indicators[row["indicator"]],
                    year=int(year),
                    value=str(value),
                    source=SOURCE,
                    licence="CC0-1.0",
                    by=None,
                )
                new += 1
    return new

"""Charts of bars, drawn by the server; their numbers stand in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 80
WIDTH: Final = 480


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    most: int
    bars: list[Bar]


def chart(title: str, values: Sequence[tuple[str, int]]) -> Chart:
    """Bars as tall as their share of the most; what is not nothing can be seen."""
    most = max((value for _, value in values), default=0)
    step = WIDTH // max(1, len(values))
    bars = []
    for position, (name, value) in enumerate(values):
        height = max(2, round(value / most * HEIGHT)) if value else 0
        bars.append(Bar(position * step + 2, HEIGHT - height, max(1, step - 4), height, f"{name}: {value}"))
    return Chart(title, most, bars)

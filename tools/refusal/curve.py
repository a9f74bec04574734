"""The curve of calibration: how likely the product thought an answer, and how often there was one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

BINS: Final = 8
SIZE: Final = 320
EDGE: Final = 44


def draw(judged: Sequence[tuple[float, bool]], file: Path) -> None:
    """An SVG with a title, a description that says the same in words, and a point for each eighth of the questions."""
    rows = sorted(judged)
    points = []
    for number in range(BINS):
        part = rows[number * len(rows) // BINS : (number + 1) * len(rows) // BINS]
        points.append((sum(likely for likely, _ in part) / len(part), sum(truth for _, truth in part) / len(part)))
    said = "; ".join(f"thought {likely:.0%}, was {truth:.0%}" for likely, truth in points)
    line = " ".join(f"{_x(likely):.0f},{_y(truth):.0f}" for likely, truth in points)
    dots = "".join(f'<circle cx="{_x(a):.0f}" cy="{_y(b):.0f}" r="4"/>' for a, b in points)
    marks = "".join(
        f'<text x="{_x(v):.0f}" y="{SIZE - EDGE + 18}" text-anchor="middle">{v:.0%}</text>'
        f'<text x="{EDGE - 8}" y="{_y(v) + 4:.0f}" text-anchor="end">{v:.0%}</text>'
        for v in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" font-family="sans-serif"'
        ' font-size="11"><title>How likely an answer was thought, and how often there was one</title>'
        f"<desc>{said}</desc>"
        f'<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>'
        f'<path d="M{_x(0):.0f} {_y(0):.0f}L{_x(1):.0f} {_y(1):.0f}" stroke="#999" stroke-dasharray="4"/>'
        f'<g fill="#333">{marks}<text x="{SIZE / 2:.0f}" y="{SIZE - 8}" text-anchor="middle">thought</text>'
        f'<text x="12" y="{SIZE / 2:.0f}" transform="rotate(-90 12 {SIZE / 2:.0f})" text-anchor="middle">was</text></g>'
        f'<polyline points="{line}" fill="none" stroke="#0b6e4f" stroke-width="2"/><g fill="#0b6e4f">{dots}</g></svg>\n',
        "utf-8",
    )


def _x(value: float) -> float:
    return EDGE + value * (SIZE - 2 * EDGE)


def _y(value: float) -> float:
    return SIZE - EDGE - value * (SIZE - 2 * EDGE)

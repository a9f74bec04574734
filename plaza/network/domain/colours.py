"""A colour that people chose, made fit to be read on our pages (WCAG 2.2, 1.4.3: 4.5 to 1)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

ENOUGH: Final = 4.5
# What stands behind words, as plaza.css has it: paper, sheet, and a tint of the colour itself is near to them.
LIGHT: Final = ("#fdf9f2", "#ffffff")
DARK: Final = ("#171512", "#211e1a")
STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Shades:
    """One colour on light and on dark pages; `ground` is what white words stand on, in both."""

    on_light: str
    on_dark: str
    ground: str

    def was_changed(self, chosen: str) -> bool:
        """On light pages: on dark ones nearly every colour must be made lighter, which is nobody's fault."""
        return self.on_light != chosen


@lru_cache(maxsize=64)
def shades_of(colour: str) -> Shades:
    """The colour itself where it can be read, else the nearest darker (or on dark pages lighter) one that can."""
    on_light = _towards(colour, "#000000", LIGHT)
    return Shades(on_light, _towards(colour, "#ffffff", DARK), on_light)


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _towards(colour: str, end: str, grounds: tuple[str, ...]) -> str:
    mixed = (_mix(colour, end, step / STEPS) for step in range(STEPS + 1))
    return next(each for each in mixed if all(contrast(each, ground) >= ENOUGH for ground in grounds))


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """In which unit an indicator is told. A category has no number: its value is one of the indicator's own words."""

    PERCENT = "percent", _("percent, from 0 to 100")
    PER_100_000 = "per-100000", _("for every 100,000 people")
    PEOPLE = "people", _("number of people")
    MICROGRAMS = "micrograms", _("micrograms in a cubic metre (µg/m³)")
    RATIO = "ratio", _("ratio, without a unit")
    AREA = "square-metres", _("square metres for each person")
    DOLLARS = "dollars", _("United States dollars")
    CATEGORY = "category", _("category, in words")


class Better(models.TextChoices):
    """Which way a city would want it to go."""

    HIGHER = "higher", _("more is better")
    LOWER = "lower", _("less is better")
    NEITHER = "", _("neither is better")


# What stands behind the number on a page.
SIGNS: Final[dict[Unit, str | Promise]] = {
    Unit.PERCENT: "%",
    Unit.PER_100_000: _("for every 100,000 people"),
    Unit.MICROGRAMS: "µg/m³",
    Unit.AREA: _("m² for each person"),
    Unit.DOLLARS: "US$",
}
# Between which numbers a value of the unit lies; None: without end.
BOUNDS: Final[dict[Unit, tuple[Decimal | None, Decimal | None]]] = {
    Unit.PERCENT: (Decimal(0), Decimal(100)),
    Unit.PER_100_000: (Decimal(0), Decimal(100_000)),
    Unit.PEOPLE: (Decimal(0), None),
    Unit.MICROGRAMS: (Decimal(0), Decimal(2_000)),
    Unit.AREA: (Decimal(0), None),
}

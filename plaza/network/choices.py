from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PageState(models.TextChoices):
    """draft ⇄ published"""

    DRAFT = "draft", pgettext_lazy("page", "draft")
    PUBLISHED = "published", pgettext_lazy("page", "published")


class Shelf(models.TextChoices):
    """From where every page leads to it."""

    FOOTER = "footer", _("At the foot of every page")
    MENU = "menu", _("In the main menu")
    NOWHERE = "nowhere", _("Nowhere: only by its address")


# What is said of the network in each language: name of the field → how long it may be.
LENGTHS: Final = {
    "name": 80,
    "short_name": 24,
    "headline": 120,
    "lead": 300,
    "example_1": 160,
    "example_2": 160,
    "example_3": 160,
    "example_4": 160,
    "about": 1200,
}
EXAMPLES: Final = ("example_1", "example_2", "example_3", "example_4")
# As plaza.css has them.
COLOUR: Final = "#0b5d5b"
ACCENT: Final = "#b4471c"

"""Who may come in at the addresses of this package. What is for members is held back by `visible_to`."""

from collections.abc import Mapping
from typing import Final

from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "meetings": EVERYBODY,
    "meeting": EVERYBODY,
    "calendar": EVERYBODY,
    "calendar-of-meeting": EVERYBODY,
    "calendar-of-topic": EVERYBODY,
    "calendar-of-series": EVERYBODY,
    "calendar-of-city": EVERYBODY,
}

"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import Rule

ROUTES: Final[Mapping[str, Rule]] = dict.fromkeys(
    ("pages", "review", "accept-sure", "decide", "calendars", "brought-calendar"), STAFF
)

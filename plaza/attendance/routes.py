"""Who may come in at the addresses of this package: those who run the network."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "overview": STAFF,
    "overview-sheet": STAFF,
    "report": STAFF,
    "decide": STAFF,
    "put-aside": STAFF,
    "meeting": STAFF,
    "meeting-sheet": STAFF,
}

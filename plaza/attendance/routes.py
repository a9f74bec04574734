"""Who may come in at the addresses of this package: those who run the network."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "overview": STAFF,
    "overview-sheet": STAFF,
    "report": STAFF,
    "decide": STAFF,
    "put-aside": STAFF,
    "meeting": STAFF,
    "meeting-sheet": STAFF,
}
# The token of the server lets in: the view looks at it.
REPORT_ROUTES: Final[Mapping[str, Rule]] = {"from-video-server": EVERYBODY}

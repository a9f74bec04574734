"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "ask": EVERYBODY,
    "followed": WHOEVER_HAS_THE_LINK,
    "asked-for": STAFF,
    "request": STAFF,
    "decide-correction": STAFF,
}

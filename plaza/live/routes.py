"""Who may come in at the addresses of this package. The room itself looks at who registered (access)."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import WHOEVER_HAS_THE_LINK, Rule
from plaza.live.access import MODERATORS

ROUTES: Final[Mapping[str, Rule]] = {
    "live": WHOEVER_HAS_THE_LINK,
    "live-enter": WHOEVER_HAS_THE_LINK,
    "live-state": WHOEVER_HAS_THE_LINK,
    "moderate": MODERATORS,
    "moderate-question": MODERATORS,
    "moderate-poll": MODERATORS,
    "moderate-new-poll": MODERATORS,
    "live-asked": STAFF,
    "live-asked-sheet": STAFF,
    "live-unanswered": STAFF,
}

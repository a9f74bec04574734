"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import MEMBERS, STAFF
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "subscribe": EVERYBODY,
    "confirm": WHOEVER_HAS_THE_LINK,
    "mine": MEMBERS,
    "issues": STAFF,
    "new-issue": STAFF,
    "issue": STAFF,
    "preview-issue": STAFF,
    "try-issue": STAFF,
    "send-issue": STAFF,
    "decide-issue": STAFF,
    "segments": STAFF,
    "new-segment": STAFF,
    "segment": STAFF,
    "subscribers": STAFF,
}

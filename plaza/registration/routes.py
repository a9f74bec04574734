"""Who may come in at the addresses of this package. Registering shows only meetings that the asker sees."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import MEMBERS, STAFF
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule
from plaza.registration.access import DOOR

ROUTES: Final[Mapping[str, Rule]] = {
    "register": EVERYBODY,
    "my-registration": WHOEVER_HAS_THE_LINK,
    "change": WHOEVER_HAS_THE_LINK,
    "join-online": WHOEVER_HAS_THE_LINK,
    "calendar-of-mine": WHOEVER_HAS_THE_LINK,
    "own-calendar": WHOEVER_HAS_THE_LINK,
    "invited": WHOEVER_HAS_THE_LINK,
    "own": MEMBERS,
    "registered": STAFF,
    "registered-sheet": STAFF,
    "registration": STAFF,
    "answer-file": STAFF,
    "desk": STAFF,
    "new-question": STAFF,
    "question": STAFF,
    "door": DOOR,
    "door-code": DOOR,
}

"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import MEMBERS, STAFF
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule
from plaza.directory.access import CITY_EDITORS, INSTITUTION_EDITORS

ROUTES: Final[Mapping[str, Rule]] = {
    "join": EVERYBODY,
    "invited": WHOEVER_HAS_THE_LINK,
    "city-desk": CITY_EDITORS,
    "institution-desk": INSTITUTION_EDITORS,
    "places": MEMBERS,
    "invitations": STAFF,
    "withdraw-invitation": STAFF,
    "answer-joining": STAFF,
    "claim": MEMBERS,
    "person-desk": STAFF,
    "own-page": MEMBERS,
    "page-of": STAFF,
    "name-or-hide": STAFF,
    "claims": STAFF,
    "decide-claim": STAFF,
}

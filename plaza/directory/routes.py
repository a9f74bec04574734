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
    "city-about": CITY_EDITORS,
    "apply": EVERYBODY,
    "application": WHOEVER_HAS_THE_LINK,
    "applications": STAFF,
    "application-desk": STAFF,
    "member-cities": STAFF,
    "membership": STAFF,
    "hand-over": WHOEVER_HAS_THE_LINK,
    "hand-over-next": WHOEVER_HAS_THE_LINK,
    "hand-overs": STAFF,
    "hand-over-desk": STAFF,
    "institution-desk": INSTITUTION_EDITORS,
    "places": MEMBERS,
    "invitations": STAFF,
    "withdraw-invitation": STAFF,
    "answer-joining": STAFF,
    "claim": MEMBERS,
    "person-desk": STAFF,
    "accounts": STAFF,
    "account-desk": STAFF,
    "own-page": MEMBERS,
    "page-of": STAFF,
    "name-or-hide": STAFF,
    "claims": STAFF,
    "decide-claim": STAFF,
}

"""Who may come in at the addresses of this package. What a code says is everybody's; how often one may try is limited."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import MEMBERS, STAFF
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "verify": EVERYBODY,
    "verified": EVERYBODY,
    "my-certificate": WHOEVER_HAS_THE_LINK,
    "certificate-pdf": WHOEVER_HAS_THE_LINK,
    "own-certificates": MEMBERS,
    "certificates-desk": STAFF,
    "certificates-sheet": STAFF,
    "certificate-by-hand": STAFF,
    "certificate": STAFF,
    "course": STAFF,
    "course-sheet": STAFF,
}

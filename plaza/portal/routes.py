"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "home": EVERYBODY,
    "cities": EVERYBODY,
    "city": EVERYBODY,
    "people": EVERYBODY,
    "person": EVERYBODY,
    "organisations": EVERYBODY,
    "organisation": EVERYBODY,
    "workspace": STAFF,
    "receive-recording": STAFF,
    "publish-recording": STAFF,
    "letters": STAFF,
    "decide-letter": STAFF,
    "twins": STAFF,
    "compare": STAFF,
    "may-be-one": STAFF,
    "part-again": STAFF,
    "record-history": STAFF,
    "work": EVERYBODY,
    "lost-links": STAFF,
    "lost-links-sheet": STAFF,
    "lost-link": STAFF,
    "statistics": STAFF,
    "statistics-sheet": STAFF,
}

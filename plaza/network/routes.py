"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "page": EVERYBODY,
    "help": EVERYBODY,
    "help-on": EVERYBODY,
    "tour": EVERYBODY,
    "offline": EVERYBODY,
    "manifest": EVERYBODY,
    "settings": STAFF,
    "pages": STAFF,
    "new-page": STAFF,
    "edit-page": STAFF,
    "move-page": STAFF,
    "page-version": STAFF,
}
FACE: Final[Mapping[str, Rule]] = {"logo": EVERYBODY, "style": EVERYBODY, "worker": EVERYBODY}

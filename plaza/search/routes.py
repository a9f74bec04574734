"""Who may come in at the addresses of this package. What is for members is held back by `visible_to`."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "answer": EVERYBODY,
    "answer-json": EVERYBODY,
    "results": EVERYBODY,
    "results-json": EVERYBODY,
    "questions-kept": EVERYBODY,
    "asked": STAFF,
    "decide-asked": STAFF,
}

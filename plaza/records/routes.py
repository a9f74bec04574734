"""Who may come in at the addresses of this package: those who run the network."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import Rule

ROUTES: Final[Mapping[str, Rule]] = dict.fromkeys(
    (
        *("records", "kept", "add-record", "edit-record", "export"),
        *("bulk", "propose-bulk"),
        *("receive-sheet", "sheet", "ledger", "put-aside"),
    ),
    STAFF,
)

"""Who may come in at the addresses of this package."""

from collections.abc import Mapping
from typing import Final

from plaza.core.routes import WHOEVER_HAS_THE_LINK, Rule

ROUTES: Final[Mapping[str, Rule]] = {"leave": WHOEVER_HAS_THE_LINK}

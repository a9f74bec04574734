"""What the Sustainable Development Goals are called for short: `SDG 11.7.1` is kept, and each language says its own."""

import re
from typing import Final

from plaza.core.translations import reader_language

KEPT: Final = "SDG"
SHORT: Final = {"es": "ODS", "pt": "ODS", "en": "SDG", "fr": "ODD"}
_NAMED: Final = re.compile(rf"\b({'|'.join(sorted(set(SHORT.values())))})(?=[ \u00a0]?\d)", re.IGNORECASE)


def spoken_goals(text: str) -> str:
    """`SDG 11.7.1` → `ODS 11.7.1`, in the language being spoken. What names no goal stays."""
    return _NAMED.sub(SHORT[reader_language()], text)


def kept_goals(text: str) -> str:
    """`ods 11.7.1` → `SDG 11.7.1`, as it is kept."""
    return _NAMED.sub(KEPT, text)

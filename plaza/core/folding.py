"""Folding: how words are compared and put in order."""

import unicodedata


def fold(text: str) -> str:
    """For sorting and comparing: no accents, no case, single spaces. `Ñuble` → `nuble`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())

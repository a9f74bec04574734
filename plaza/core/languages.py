"""The four languages of the network. Everything that speaks to people exists in all of them."""

from typing import Final, Literal, get_args

Language = Literal["es", "pt", "en", "fr"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

# Each language by its own name: a reader looks for her own, not for ours.
NATIVE_NAMES: Final[dict[str, str]] = {
    "es": "Español",
    "pt": "Português",
    "en": "English",
    "fr": "Français",
}

CHOICES: Final = [(code, NATIVE_NAMES[code]) for code in LANGUAGES]

DEFAULT: Final[Language] = "es"


def known(code: str | None) -> Language | None:
    """The language of the network that a BCP 47 tag asks for: `pt-BR` → `pt`; None if it is another."""
    head = (code or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == head), None)

"""The site's own address, for words that are read elsewhere: a letter, a feed."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """`/es/` → `https://ciudades.example.org/es/`."""
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    """Its name without a port."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"

"""The site's own address, for words that are read elsewhere: a letter, a feed."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from plaza.core.registry import Registry

# A package above knows better than the environment what the network is called.
namers: Final[Registry[Callable[[], str]]] = Registry("who knows the network's name")


def absolute(path: str) -> str:
    """`/es/` → `https://ciudades.example.org/es/`."""
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    """Its name without a port."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def network_name() -> str:
    """In the language that is spoken now."""
    return next((name() for _, name in namers.items()), settings.NETWORK_NAME)

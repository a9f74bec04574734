"""An account has another e-mail address: each package that keeps the old one says what becomes of it."""

from collections.abc import Callable
from typing import Any, Final

from plaza.core.registry import Registry

# What is done with the account (which has the new address already) and its old address.
followers: Final[Registry[Callable[[Any, str], None]]] = Registry("what follows an account to its new address")


def follow(user: Any, old: str) -> None:
    """To be called in the deed's transaction."""
    for _, move in followers.items():
        move(user, old)

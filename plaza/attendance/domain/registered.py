"""Who registered for a meeting: the room of registration tells it, where there is one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from plaza.core.registry import Registry
from plaza.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Registered:
    """`person` and `city` are keys. The address is in lower case."""

    email: str
    name: str = ""
    person: int | None = None
    city: int | None = None
    sector: str = ""


who_registered: Final[Registry[Callable[[Meeting], Iterable[Registered]]]] = Registry("who registered for a meeting")


def registered_for(meeting: Meeting) -> dict[str, Registered]:
    """By the address."""
    return {each.email.lower(): each for _, of in who_registered.items() for each in of(meeting)}

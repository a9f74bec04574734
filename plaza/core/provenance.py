"""Where the words of a record come from. Packages that bring records in tell it; pages that show them ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of a page that was read: its name in its `language`, its address where it had one."""

    name: str
    language: str
    url: str
    first: int
    last: int


Tells: TypeAlias = Callable[[Any], list[Source]]

tellers: Final[Registry[Tells]] = Registry("who tells where a record comes from")


def sources_of(record: Any) -> list[Source]:
    """Where a record's words come from; one query for each package that brings such records in."""
    return [source for _, tell in tellers.items() for source in tell(record)]

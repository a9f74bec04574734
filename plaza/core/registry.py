"""Registries: places where packages above hang what touches every package.

Each package's AppConfig.ready() adds its part; core and the reader of a registry know nobody by name.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named parts, in the order they were added. Adding a name twice is a mistake and raises."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._items: dict[str, Item] = {}

    def add(self, name: str, item: Item) -> Item:
        if name in self._items:
            raise ValueError(f"{name!r} is already in the registry of {self.purpose}")
        self._items[name] = item
        return item

    def register(self, name: str) -> Callable[[Item], Item]:
        """The same as a decorator: `@checks.register("database")`."""
        return lambda item: self.add(name, item)

    def __getitem__(self, name: str) -> Item:
        return self._items[name]

    def get(self, name: str) -> Item | None:
        return self._items.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def items(self) -> list[tuple[str, Item]]:
        return list(self._items.items())

"""Pages of a long list that is not counted: newer and older are all that a reader turns to, and counting thirty thousand
rows costs more than showing twenty-four of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, QuerySet

Each = TypeVar("Each")
Row = TypeVar("Row", bound=Model)

# Beyond it nobody reads, and every page before it would be passed over.
LAST: Final = 5000


@dataclass(frozen=True, slots=True)
class Page(Generic[Each]):
    """As templates know Django's page: rows, whether there are pages before and after, and their numbers."""

    object_list: list[Each]
    number: int
    has_more: bool

    def __iter__(self) -> Iterator[Each]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    def has_previous(self) -> bool:
        return self.number > 1

    def has_next(self) -> bool:
        return self.has_more

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1


def page_of(rows: "QuerySet[Row, Any]", size: int, asked: str | None) -> Page[Row]:
    """The page whose number was asked for; the first where there is none of that number."""
    number = _number(asked)
    found = list(rows[(number - 1) * size : number * size + 1])
    if not found and number > 1:
        return page_of(rows, size, None)
    return Page(found[:size], number, len(found) > size)


def slice_of(rows: "Sequence[Each]", size: int, asked: str | None) -> Page[Each]:
    """The same of what has been read whole already."""
    number = _number(asked)
    found = list(rows[(number - 1) * size : number * size])
    if not found and number > 1:
        return slice_of(rows, size, None)
    return Page(found, number, len(rows) > number * size)


def _number(asked: str | None) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), LAST)

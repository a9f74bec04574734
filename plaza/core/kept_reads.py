"""Reads that look through the whole archive: made once for each version of the data, and kept in this process.

Who heads the list of cities, which topics a city shares with another: the answer depends on every meeting there is, changes
seldom, and is small. One query (the version, unless the page has asked for it) where it is kept, so an edit is seen at once.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import connection

from plaza.core.changes import data_version, page_version
from plaza.core.lately import Lately

Value = TypeVar("Value")

MOST: Final = 256

_kept: Final[Lately[tuple[str, ...], tuple[str, Any]]] = Lately(MOST, lambda _: 1)


def kept_read(key: tuple[str, ...], read: Callable[[], Value]) -> Value:
    """What `read` gives, which must depend on the data, the day and `key` alone; nobody may change it afterwards."""
    if connection.in_atomic_block:  # what it changed itself has no version before it ends
        return read()
    # Asked before reading: what changes meanwhile makes the next version.
    version = page_version() or data_version()
    found = _kept.get(key)
    if found and found[0] == version:
        return found[1]  # type: ignore[no-any-return]  # what this key kept
    value = read()
    _kept.keep(key, (version, value))
    return value


def forget() -> None:
    """As in a new process."""
    _kept.clear()

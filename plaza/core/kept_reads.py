"""Reads that look through the whole archive: made once for each version of the data, and kept in this process.

Who heads the list of cities, which topics a city shares with another: the answer depends on every meeting there is, changes
seldom, and is small. One query (the version, unless the page has asked for it) where it is kept, so an edit is seen at once.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.db import connection

from plaza.core.changes import data_version, page_version

Value = TypeVar("Value")

MOST: Final = 64

_kept: OrderedDict[tuple[str, ...], tuple[str, Any]] = OrderedDict()
_lock: Final = threading.Lock()


def kept_read(key: tuple[str, ...], read: Callable[[], Value]) -> Value:
    """What `read` gives, which must depend on the data, the day and `key` alone; nobody may change it afterwards."""
    if connection.in_atomic_block:  # what it changed itself has no version before it ends
        return read()
    # Asked before reading: what changes meanwhile makes the next version.
    version = page_version() or data_version()
    with _lock:
        found = _kept.get(key)
    if found and found[0] == version:
        return found[1]  # type: ignore[no-any-return]  # what this key kept
    value = read()
    with _lock:
        _kept[key] = (version, value)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value


def forget() -> None:
    """As in a new process."""
    with _lock:
        _kept.clear()

"""What one may do with a meeting: other rooms add their doors to its page (register, ask in the room) and to its desk in
the workspace (who registered, who came). Each says for itself who sees it; a page for everybody shows visitors' doors only by
the data and the day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from plaza.accounts.access import Asker
from plaza.core.registry import Registry
from plaza.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Door:
    label: str
    url: str
    # A short word beside it: how many places are left, how many wait for an answer.
    note: str = ""
    # The one thing most people come for: a button, not a link.
    is_main: bool = False


doors: Final[Registry[Callable[[Meeting, Asker], Iterable[Door]]]] = Registry("what one may do with a meeting")
desk_doors: Final[Registry[Callable[[Meeting, Asker], Iterable[Door]]]] = Registry("what is done for a meeting")

# What rooms need to know of a meeting to have a door, or a word, on its page, by the name it gets there: asked together with
# the meeting (an `Exists`, say), so that its page costs no query more. Where a meeting was read otherwise it is not there.
marks: Final[Registry[Any]] = Registry("what rooms need to know of a meeting")


def doors_of(meeting: Meeting, user: Asker) -> list[Door]:
    """The main one first."""
    found = [door for _, of in doors.items() for door in of(meeting, user)]
    return sorted(found, key=lambda door: not door.is_main)


def desk_of(meeting: Meeting, user: Asker) -> list[Door]:
    return [door for _, of in desk_doors.items() for door in of(meeting, user)]

"""The one interface of a place online, and what goes through it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from django.utils.translation import gettext_noop

from plaza.core.languages import Language


class Role(StrEnum):
    """In the words of BigBlueButton."""

    MODERATOR = "MODERATOR"
    VIEWER = "VIEWER"


@dataclass(frozen=True, slots=True)
class Room:
    """What a tool is told before anybody goes in. `key` names the room for ever; `minutes` 0: it ends when people end it.
    `tells`: addresses of ours that the tool tells of the end, by what the tool calls them."""

    key: str
    name: str
    records: bool = False
    welcome: str = ""
    leads_back_to: str = ""
    minutes: int = 0
    tells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of a room. `since` is the tool's own mark of it: an address of an earlier opening leads nowhere."""

    since: int = 0


@dataclass(frozen=True, slots=True)
class Guest:
    """Who goes in. `key` comes back in what the tool tells of who was there."""

    name: str
    key: str
    language: Language
    role: Role = Role.VIEWER


@dataclass(frozen=True, slots=True)
class Present:
    """`key` is the one that she was let in with, or one of the tool's for who came in another way."""

    key: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Found:
    """A recording that the tool shows to everybody."""

    key: str
    address: str
    minutes: int
    began: dt.datetime | None = None


class Venue(Protocol):
    """Each may be called twice: the second time nothing more happens. Raises VenueDown."""

    def open(self, room: Room) -> Opened:
        """A room that is open stays the same opening."""

    def address_for(self, room: str, guest: Guest, opened: Opened) -> str:
        """Hers alone where the tool knows people; nobody is asked for it."""

    def end(self, room: str) -> None:
        """Everybody is out; a room that is not open stays so."""

    def present(self, room: str) -> Sequence[Present] | None:
        """Who is in now. None: the room is not open, or the tool does not tell."""

    def recordings(self, room: str) -> Sequence[Found]:
        """Of all times the room was open."""


class WhyDown(StrEnum):
    """Why a place online cannot be reached: msgids, whole sentences for whoever wanted to go in."""

    SILENT = gettext_noop("The video server does not answer just now.")
    ODD = gettext_noop("The video server answers in a way that Plaza does not understand.")
    SECRET = gettext_noop("The video server does not accept Plaza’s secret.")
    REFUSED = gettext_noop("The video server does not open the room.")
    NOT_SET = gettext_noop("No BigBlueButton server is set for this installation any more.")


class VenueDown(Exception):
    """`why` is a WhyDown; `said` is the tool's own word for it, for a log."""

    def __init__(self, why: WhyDown, said: str = "") -> None:
        super().__init__(f"{why.name}: {said}" if said else why.name)
        self.why, self.said = why, said


# Of a name that goes into another program.
LONGEST_NAME: Final = 120

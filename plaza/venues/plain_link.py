"""A link of any video tool. It tells nothing of who is there: the report comes in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_noop

from plaza.core.egress import NotFetched, web_address
from plaza.core.plain import plain_line
from plaza.venues.venue import LONGEST_NAME, Found, Guest, Opened, Present, Room

NOT_A_LINK: Final = gettext_noop("This is not the address of a meeting: it must begin with https://.")

# By the end of the host's name.
TOOLS: Final = {
    "zoom.us": "Zoom",
    "zoom.com": "Zoom",
    "teams.microsoft.com": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "meet.google.com": "Google Meet",
    "meet.jit.si": "Jitsi",
    "8x8.vc": "Jitsi",
    "webex.com": "Webex",
}


class NotALink(Exception):
    """`why` is a whole English sentence, a msgid for the person's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def link_of(words: str) -> str:
    """The address as it may be kept. Raises NotALink."""
    try:
        address = web_address(words)
    except NotFetched as reason:
        raise NotALink(NOT_A_LINK) from reason
    scheme, _, rest = address.partition("://")
    if scheme.lower() != "https":
        raise NotALink(NOT_A_LINK)
    return f"https://{rest}"


def tool_of(address: str) -> str:
    """`Zoom` …; empty where the host is not a known one."""
    host = (urlsplit(address).hostname or "").lower()
    for end, name in TOOLS.items():
        if host == end or host.endswith(f".{end}"):
            return name
    return "Jitsi" if "jitsi" in host.split(".") else ""


@dataclass(frozen=True, slots=True)
class PlainLink:
    """`address` is one that `link_of` gave."""

    address: str

    def open(self, room: Room) -> Opened:
        """Whoever holds the room in the tool opens it there."""
        return Opened()

    def address_for(self, room: str, guest: Guest, opened: Opened) -> str:
        """The same for everybody. Jitsi asks for a name, and takes it from behind the #, which is sent to no server."""
        if tool_of(self.address) != "Jitsi":
            return self.address
        name = quote(f'"{_quotable(guest.name)}"', safe="")
        joiner = "&" if "#" in self.address else "#"
        return f"{self.address}{joiner}userInfo.displayName={name}"

    def end(self, room: str) -> None:
        """Whoever holds the room in the tool ends it there."""

    def present(self, room: str) -> Sequence[Present] | None:
        """The tool tells nobody."""
        return None

    def recordings(self, room: str) -> Sequence[Found]:
        """None that we could know of."""
        return ()


def _quotable(name: str) -> str:
    return plain_line(name)[:LONGEST_NAME].replace("\\", "").replace('"', "")

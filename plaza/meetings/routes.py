"""Who may come in at the addresses of this package. What is for members is held back by `visible_to`."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import STAFF
from plaza.core.routes import EVERYBODY, Rule

ROUTES: Final[Mapping[str, Rule]] = dict.fromkeys(
    (
        "meetings", "meeting", "programme", "session",
        "calendar", "calendar-of-meeting", "calendar-of-topic", "calendar-of-series", "calendar-of-city",
    ),
    EVERYBODY,
) | dict.fromkeys(
    (
        "desk", "add", "work-on", "texts", "about", "hours", "zone", "places", "move", "tell", "new-session",
        "edit-session", "organise", "online", "go-in", "end-online", "decide-recording",
    ),
    STAFF,
)  # fmt: skip
# What a video server calls; it is believed nothing.
ROOM_ROUTES: Final[Mapping[str, Rule]] = {"ended": EVERYBODY}

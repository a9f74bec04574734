"""Whose report this is, by its columns, sections and facts."""

from typing import Final

from plaza.formats.attendance.layout import Layout
from plaza.formats.attendance.records import Format

_ORIGINAL: Final = ("original", "d'origine")
_ZOOM_SECTIONS: Final = frozenset(("host", "panelist", "attendee", "other"))
_MEET: Final = frozenset(("name", "given_name", "last_name", "email", "duration", "joined", "left"))


def format_of(found: Layout) -> Format:
    """The columns decide, for tools rename their files and translate their words; "other" where they are no tool's of these."""
    fields = {field for columns in found.columns for field in columns.at}
    if "action" in fields and "happened" in fields:
        return "teams-v1"
    if found.is_numbered or {"account", "role"} <= fields:
        return "teams-v2"
    if "moderator" in fields and "joined" in fields:
        return "bigbluebutton"
    if "registration" in found.titles or ({"registered", "status"} <= fields and "joined" not in fields):
        return "zoom-registration"
    if found.sections & _ZOOM_SECTIONS or "attended" in fields:
        return "zoom-webinar"
    if any(word in name for name in found.names() for word in _ORIGINAL) or "waiting" in fields:
        return "zoom-meeting" if "joined" in fields else "zoom-totals"
    if "duration" in fields and fields <= _MEET and not any("minut" in name for name in found.names()):
        return "meet"
    return "other"

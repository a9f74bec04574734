"""What machines read of a meeting: schema.org/Event, with its sessions as sub-events. Facts only."""

from collections.abc import Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from plaza.core.dates import Precision
from plaza.core.linked_data import as_script
from plaza.meetings.choices import MeetingMode, MeetingStatus
from plaza.meetings.domain.clocks import told_there
from plaza.meetings.domain.programme_page import Programme, Slot
from plaza.meetings.domain.where import CityNamed
from plaza.meetings.models import Meeting

MODES: Final = {
    MeetingMode.ONLINE: "OnlineEventAttendanceMode",
    MeetingMode.IN_PERSON: "OfflineEventAttendanceMode",
    MeetingMode.MIXED: "MixedEventAttendanceMode",
}
STATES: Final = {MeetingStatus.CANCELLED: "EventCancelled", MeetingStatus.POSTPONED: "EventPostponed"}


def linked_data(
    meeting: Meeting, address: str, held: Iterable[CityNamed] = (), programme: Programme | None = None
) -> SafeString | None:
    """None for what is invented, and where no day is known: an event has one."""
    if meeting.is_fictional or meeting.date_start is None or meeting.date_precision != Precision.DAY:
        return None
    there = ZoneInfo(meeting.clocks)
    data: dict[str, Any] = {
        "@type": "Event",
        "name": meeting.title,
        "url": address,
        "inLanguage": meeting.language,
        "startDate": (meeting.starts_at.astimezone(there) if meeting.starts_at else meeting.date_start).isoformat(),
        "endDate": (
            meeting.ends_at.astimezone(there) if meeting.ends_at else meeting.date_end or meeting.date_start
        ).isoformat(),
        "eventStatus": f"https://schema.org/{STATES.get(MeetingStatus(meeting.status), 'EventScheduled')}",
    }
    if meeting.summary:
        data["description"] = meeting.summary
    if meeting.mode:
        data["eventAttendanceMode"] = f"https://schema.org/{MODES[MeetingMode(meeting.mode)]}"
    places = [{"@type": "Place", "name": city.called} for city in held]
    if meeting.venue:
        places.insert(0, {"@type": "Place", "name": meeting.venue, "address": meeting.venue})
    if places:
        data["location"] = places[0] if len(places) == 1 else places
    if programme and programme.days:
        slots = (item for day in programme.days for row in day.table.rows for cell in row.cells for item in cell.items)
        data["subEvent"] = [_sub_event(slot, there.key) for slot in slots if slot.session.title]
    return as_script(data)


def _sub_event(slot: Slot, zone: str) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "Event", "name": slot.session.title}
    if slot.session.starts_at and slot.session.ends_at:
        data["startDate"] = told_there(slot.session.starts_at, zone)
        data["endDate"] = told_there(slot.session.ends_at, zone)
    if slot.room_name:
        data["location"] = slot.room_name.text
    if slot.session.is_cancelled:
        data["eventStatus"] = "https://schema.org/EventCancelled"
    return data

"""When a meeting is, in its own zone and in the reader's."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import formats, translation
from django.utils.translation import gettext as _

from plaza.meetings.domain.clocks import zone_named
from plaza.meetings.models import Meeting
from plaza.meetings.zones import called


def hours_of(meeting: Meeting, reader: str, language: str) -> list[str]:
    """One line in the meeting's zone, and one in the reader's where the clocks there show something else. Without hours,
    the day as far as it is known."""
    with translation.override(language):
        if meeting.starts_at is None or meeting.ends_at is None:
            return [str(meeting.date)] if meeting.date else []
        own, hers = zone_named(meeting.timezone) or ZoneInfo("UTC"), zone_named(reader)
        lines = [_line(meeting.starts_at, meeting.ends_at, own)]
        if hers and meeting.starts_at.astimezone(hers).utcoffset() != meeting.starts_at.astimezone(own).utcoffset():
            lines.append(_line(meeting.starts_at, meeting.ends_at, hers))
        return lines


def moment(at: dt.datetime, zone: str, language: str) -> str:
    """An hour by which something must be done."""
    with translation.override(language):
        where = zone_named(zone) or ZoneInfo("UTC")
        return _("%(day)s, %(hour)s (time of %(place)s)") % _parts(at, where)


def _line(begins: dt.datetime, ends: dt.datetime, zone: ZoneInfo) -> str:
    first, last = _parts(begins, zone), _parts(ends, zone)
    if first["day"] == last["day"]:
        return _("%(day)s, %(hour)s to %(end)s (time of %(place)s)") % {**first, "end": last["hour"]}
    return _("%(day)s, %(hour)s to %(last_day)s, %(end)s (time of %(place)s)") % {
        **first,
        "last_day": last["day"],
        "end": last["hour"],
    }


def _parts(at: dt.datetime, zone: ZoneInfo) -> dict[str, str]:
    there = at.astimezone(zone)
    return {
        "day": formats.date_format(there, "DATE_FORMAT"),
        "hour": formats.time_format(there.time(), "H:i"),
        "place": called(zone.key),
    }

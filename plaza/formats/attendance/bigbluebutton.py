"""BigBlueButton's own accounts of who was there (JSON), each stay of each person: its learning dashboard as it stands on its
server, and what it sends by itself after the end (`meta_analytics-callback-url`).

A stay counts as a row: the numbers count the stays, in the order of the file.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from plaza.core.plain import plain_line
from plaza.formats.attendance.columns import Columns, columns_of
from plaza.formats.attendance.layout import Layout, Line
from plaza.formats.attendance.records import NotAttendance, PutAside, WhyAside, WhyNot
from plaza.formats.decode import decode

STAYS: Final = "stays"
_HEADER: Final = ["name", "moderator", "participant id", "join", "left"]
_MOST_STAYS: Final = 50_000
_LATEST: Final = 4_102_444_800_000  # the year 2100
# Ruby writes a space before the zone where it is not told to write ISO 8601.
_RUBYS_ZONE: Final = re.compile(r" (?:UTC|([+-]\d{4}))$")

# Name, whether a moderator, who she is to the program that let her in, when she came and went.
Stay = tuple[str, bool, str, str, str]


def lay_out_dashboard(data: bytes) -> Layout:
    """As if it were a table of five columns, a row a stay. Raises NotAttendance for any other JSON."""
    try:
        document = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise NotAttendance(WhyNot.DATA) from error
    document = document if isinstance(document, dict) else {}
    users, sent = document.get("users"), document.get("data")
    columns = columns_of(_HEADER)
    if isinstance(users, dict):
        stays, facts = _stays(users), _facts(document)
    elif isinstance(sent, dict) and isinstance(sent.get("attendees"), list):
        stays, facts = _sent_stays(sent["attendees"]), _sent_facts(document, sent)
    else:
        raise NotAttendance(WhyNot.DATA)
    if columns is None:
        raise NotAttendance(WhyNot.DATA)
    found = Layout(columns=[columns], facts=facts)
    for number, stay in enumerate(stays, 1):
        if number > _MOST_STAYS:
            raise NotAttendance(WhyNot.TOO_MANY_ROWS)
        _take(found, columns, number, stay)
    return found


def _take(found: Layout, columns: Columns, number: int, stay: Stay) -> None:
    name, is_moderator, key, joined, left = stay
    cells = [name, "TRUE" if is_moderator else "FALSE", key, joined, left]
    if name:
        found.lines.append(Line(number, cells, columns, STAYS))
    else:
        found.put_aside.append(PutAside(number, " | ".join(filter(None, cells)), WhyAside.NOBODY))


def _stays(users: dict[str, Any]) -> Iterator[Stay]:
    """Newer servers keep the stays of each connection in `sessions`, older ones are the stay themselves."""
    for key, user in users.items():
        connections = user.get("intIds") if isinstance(user, dict) else None
        for connection in connections.values() if isinstance(connections, dict) else ():
            if not isinstance(connection, dict):
                continue
            sessions = connection.get("sessions")
            for each in sessions if isinstance(sessions, list) else [connection]:
                stay = each if isinstance(each, dict) else {}
                times = (_time(stay.get("registeredOn")), _time(stay.get("leftOn")))
                who = _word(user.get("extId")) or plain_line(key)
                yield _word(user.get("name")), user.get("isModerator") is True, who, *times


def _sent_stays(attendees: list[Any]) -> Iterator[Stay]:
    """Somebody whose joining was not written down is a stay without times."""
    for number, each in enumerate(attendees, 1):
        user = each if isinstance(each, dict) else {}
        who = _word(user.get("ext_user_id")) or f"#{number}"
        for joined, left in zip_longest(_list(user.get("joins")) or [None], _list(user.get("leaves"))):
            yield _word(user.get("name")), user.get("moderator") is True, who, _moment(joined), _moment(left)


def _sent_facts(document: dict[str, Any], sent: dict[str, Any]) -> dict[str, str]:
    told = sent.get("metadata")
    facts = {
        "title": _word(told.get("meeting_name")) if isinstance(told, dict) else "",
        "id": _word(document.get("meeting_id")),
        "started": _moment(sent.get("start")),
        "ended": _moment(sent.get("finish")),
    }
    return {name: word for name, word in facts.items() if word}


def _facts(document: dict[str, Any]) -> dict[str, str]:
    facts = {
        "title": _word(document.get("name")),
        "id": _word(document.get("extId")),
        "started": _time(document.get("createdOn")),
        "ended": _time(document.get("endedOn")),
    }
    return {name: word for name, word in facts.items() if word}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(value: Any) -> str:
    return plain_line(value) if isinstance(value, str) else ""


def _time(milliseconds: Any) -> str:
    """0 is what the server writes of somebody who has not left."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int) or not 0 < milliseconds < _LATEST:
        return ""
    return dt.datetime.fromtimestamp(milliseconds // 1000, dt.UTC).isoformat()


def _moment(told: Any) -> str:
    """As the server's programs in Ruby write a moment; in UTC where they say the zone."""
    if not isinstance(told, str) or len(told) > 40:
        return ""
    try:
        when = dt.datetime.fromisoformat(_RUBYS_ZONE.sub(lambda zone: zone[1] or "+00:00", told))
        return (when.astimezone(dt.UTC) if when.tzinfo else when).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return ""

"""BigBlueButton's learning dashboard as it stands on its server (JSON): each stay of each person, to the millisecond.

A stay counts as a row: the numbers count the stays, in the order of the file.
"""

import datetime as dt
import json
from collections.abc import Iterator
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


def lay_out_dashboard(data: bytes) -> Layout:
    """Raises NotAttendance for any other JSON."""
    try:
        document = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise NotAttendance(WhyNot.DATA) from error
    users = document.get("users") if isinstance(document, dict) else None
    columns = columns_of(_HEADER)
    if not isinstance(users, dict) or columns is None:
        raise NotAttendance(WhyNot.DATA)
    found = Layout(columns=[columns], facts=_facts(document))
    for number, (key, user, stay) in enumerate(_stays(users), 1):
        if number > _MOST_STAYS:
            raise NotAttendance(WhyNot.TOO_MANY_ROWS)
        _take(found, columns, number, key, user, stay)
    return found


def _take(found: Layout, columns: Columns, number: int, key: str, user: dict[str, Any], stay: dict[str, Any]) -> None:
    name, moderator = _word(user.get("name")), "TRUE" if user.get("isModerator") is True else "FALSE"
    cells = [name, moderator, key, _time(stay.get("registeredOn")), _time(stay.get("leftOn"))]
    if name:
        found.lines.append(Line(number, cells, columns, STAYS))
    else:
        found.put_aside.append(PutAside(number, " | ".join(filter(None, cells)), WhyAside.NOBODY))


def _stays(users: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Newer servers keep the stays of each connection in `sessions`, older ones are the stay themselves."""
    for key, user in users.items():
        connections = user.get("intIds") if isinstance(user, dict) else None
        for connection in connections.values() if isinstance(connections, dict) else ():
            if not isinstance(connection, dict):
                continue
            sessions = connection.get("sessions")
            for stay in sessions if isinstance(sessions, list) else [connection]:
                yield plain_line(key), user, stay if isinstance(stay, dict) else {}


def _facts(document: dict[str, Any]) -> dict[str, str]:
    facts = {
        "title": _word(document.get("name")),
        "id": _word(document.get("extId")),
        "started": _time(document.get("createdOn")),
        "ended": _time(document.get("endedOn")),
    }
    return {name: word for name, word in facts.items() if word}


def _word(value: Any) -> str:
    return plain_line(value) if isinstance(value, str) else ""


def _time(milliseconds: Any) -> str:
    """0 is what the server writes of somebody who has not left."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int) or not 0 < milliseconds < _LATEST:
        return ""
    return dt.datetime.fromtimestamp(milliseconds // 1000, dt.UTC).isoformat()

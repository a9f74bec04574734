"""The document of a report whose dates can be read two ways, once somebody or the meeting's own day has decided."""

import datetime as dt
from copy import deepcopy
from typing import Any

from plaza.formats.attendance.order import OneOrder

_TIMES = ("started", "ended", "scheduled", "generated")


def order_on(document: dict[str, Any], first: dt.date, last: dt.date) -> OneOrder | None:
    """The order in which all the stays lie on the days of the meeting, or a day beside them; None where both do or
    neither, and where nothing needs deciding."""
    if document["otherwise"] is None or not document["dates"]["have_days"]:
        return None
    day = dt.timedelta(days=1)
    fitting: list[OneOrder] = [
        reading["read_as"]
        for reading in (document["dates"] | {"people": document["people"]}, document["otherwise"])
        if (days := _days(reading["people"])) and all(first - day <= each <= last + day for each in days)
    ]
    return fitting[0] if len(fitting) == 1 else None


def in_order(document: dict[str, Any], order: OneOrder) -> dict[str, Any]:
    """The document with its dates read in that order, and nothing left open."""
    settled = deepcopy(document)
    other, settled["otherwise"] = settled["otherwise"], None
    if other is None:
        return settled
    settled["dates"] |= {"order": order, "read_as": order}
    if other["read_as"] != order:
        return settled
    settled["meeting"] |= {name: other["meeting"][name] for name in _TIMES}
    for person, times in zip(settled["people"], other["people"], strict=True):
        person |= {name: times[name] for name in ("minutes", "seconds", "intervals", "registered")}
        for entry, (joined, left) in zip(person["entries"], times["entries"], strict=True):
            entry |= {"joined": joined, "left": left}
    return settled


def _days(people: list[dict[str, Any]]) -> set[dt.date]:
    return {
        dt.datetime.fromisoformat(when).date() for person in people for stay in person["intervals"] for when in stay[:1]
    }

"""What changed between two programmes. Pure: two snapshots in, the changes out, in the order of the programme."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

# As ProgrammeVersion keeps it: {"meeting": {…}, "sessions": {"12": {…}}}; numbers of sessions are text, as in JSON.
Snapshot: TypeAlias = Mapping[str, Any]
Change: TypeAlias = dict[str, Any]

OF_THE_MEETING: Final = ("title", "timezone", "mode", "venue")
# That registration opened, or that it runs now, is no change of what was announced.
OFF: Final = frozenset({"cancelled", "postponed"})


def differences(before: Snapshot, after: Snapshot) -> list[Change]:
    found = list(_of_the_meeting(before["meeting"], after["meeting"]))
    standing, sessions = before["sessions"], after["sessions"]
    for key, session in sessions.items():
        if key not in standing:
            if not session["is_cancelled"]:
                found.append(_of(key, session, "added", after=[session["starts_at"], session["ends_at"]]))
        else:
            found += _of_a_session(key, standing[key], session)
    found += [
        _of(key, session, "removed")
        for key, session in standing.items()
        if key not in sessions and not session["is_cancelled"]
    ]
    return found


def _of_the_meeting(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if before["status"] != after["status"] and OFF & {before["status"], after["status"]}:
        yield {"what": "meeting status", "before": before["status"], "after": after["status"]}
    for name in OF_THE_MEETING:
        if before[name] != after[name]:
            yield {"what": f"meeting {name}", "before": before[name], "after": after[name]}
    if _hours(before) != _hours(after):
        yield {"what": "meeting hours", "before": _hours(before), "after": _hours(after)}


def _of_a_session(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if before["is_cancelled"] != after["is_cancelled"]:
        yield _of(key, after, "cancelled" if after["is_cancelled"] else "not cancelled")
    if after["is_cancelled"]:
        return  # whatever else changed of it, nobody goes there
    if _hours(before) != _hours(after):
        yield _of(key, after, "hours", before=_hours(before), after=_hours(after))
    for name in ("room", "title", "language"):
        if before[name] != after[name]:
            yield _of(key, after, name, before=before[name], after=after[name])
    if set(before["interpretation"]) != set(after["interpretation"]):
        yield _of(key, after, "interpretation", before=before["interpretation"], after=after["interpretation"])
    gone = [person for person in before["people"] if person not in after["people"]]
    come = [person for person in after["people"] if person not in before["people"]]
    if gone and come:
        yield _of(key, after, "people replaced", before=gone, after=come)
    elif gone:
        yield _of(key, after, "people gone", before=gone)
    elif come:
        yield _of(key, after, "people come", after=come)


def _hours(row: Mapping[str, Any]) -> list[str | None]:
    return [row["starts_at"], row["ends_at"]]


def _of(key: str, session: Mapping[str, Any], what: str, **values: Any) -> Change:
    return {"what": what, "session": int(key), "title": session["title"], "number": session["number"]} | values

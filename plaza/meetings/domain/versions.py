"""What those who registered know of a programme, and telling them once of what changed."""

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.registry import Registry
from plaza.directory.models import Person
from plaza.meetings.choices import AHEAD
from plaza.meetings.domain.differences import Change, Snapshot, differences
from plaza.meetings.models import Meeting, ProgrammeVersion

# Called with the version's id, inside its transaction: jobs that are deferred there go out with it, or not at all.
when_told: Final[Registry[Callable[[int], None]]] = Registry("what follows when people are told of a changed programme")


def snapshot_of(meeting: Meeting) -> dict[str, Any]:
    """In two queries. Names of rooms and sessions stand in it as they are now, people by their number."""
    sessions = meeting.sessions.select_related("room").prefetch_related("appearances")
    return {
        "meeting": {
            "title": meeting.title,
            "status": meeting.status,
            "starts_at": _iso(meeting.starts_at),
            "ends_at": _iso(meeting.ends_at),
            "timezone": meeting.timezone,
            "mode": meeting.mode,
            "venue": meeting.venue,
        },
        "sessions": {
            str(row.pk): {
                "number": row.number,
                "title": row.title,
                "starts_at": _iso(row.starts_at),
                "ends_at": _iso(row.ends_at),
                "room": row.room.name if row.room else "",
                "language": row.language,
                "interpretation": sorted(row.interpretation),
                "is_cancelled": row.is_cancelled,
                "people": list(dict.fromkeys(each.person_id for each in row.appearances.all())),
            }
            for row in sessions
        },
    }


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None


def last_version(meeting: Meeting) -> ProgrammeVersion | None:
    return meeting.versions.order_by("-number").first()


def untold(meeting: Meeting) -> list[Change]:
    """What changed since people were told; nothing while nobody has been told of the meeting at all."""
    last = last_version(meeting)
    return differences(_merged(last.snapshot), snapshot_of(meeting)) if last and meeting.status in _TOLD else []


# A meeting that will not be is told too.
_TOLD: Final = (*AHEAD, "cancelled")


@transaction.atomic
def note_first(*, meeting: Meeting, by: User | None) -> None:
    """The programme as people first hear of it. There is one first."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.versions.exists():
        fresh = Meeting.objects.get(pk=meeting.pk)
        ProgrammeVersion.objects.create(meeting=meeting, number=1, by=by, snapshot=snapshot_of(fresh))


@transaction.atomic
def tell_changes(*, meeting: Meeting, by: User | None) -> ProgrammeVersion | None:
    """Those who registered hear what changed. Asked twice, also at the same moment, they hear it once; None where there is
    nothing to tell."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    changes = untold(row)
    last = last_version(row)
    if not changes or last is None:
        return None
    version = row.versions.create(number=last.number + 1, by=by, snapshot=snapshot_of(row), changes=changes)
    history.record(verb="changes told", by=by, subject=row, version=version.number, count=len(changes))
    for _, follow in when_told.items():
        follow(version.pk)
    return version


def _merged(snapshot: Snapshot) -> dict[str, Any]:
    """People whose record became part of another are that other: a merge changes no programme."""
    named = {person for row in snapshot["sessions"].values() for person in row["people"]}
    rows = Person.objects.filter(pk__in=named, merged_into__isnull=False).values_list("pk", "merged_into")
    into = dict(rows) if named else {}
    sessions = {
        key: row | {"people": list(dict.fromkeys(into.get(person, person) for person in row["people"]))}
        for key, row in snapshot["sessions"].items()
    }
    return {"meeting": snapshot["meeting"], "sessions": sessions}

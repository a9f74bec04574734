"""How long those stayed who registered, and those of the directory who came without registering."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plaza.attendance.domain.came import asked, came_by

# All rows of somebody are hers, whatever device or address each came from: that of her registration, or of her record of the
# directory. Of two registrations of one person, the one with a place, then that of the meeting itself, then the first.
_HERS: Final = """LEFT JOIN LATERAL (
    SELECT g.id FROM registration_registration g
    WHERE g.meeting_id = ANY(%(registered_for)s) AND (g.person_id = r.person_id OR (r.email <> '' AND g.email = lower(r.email)))
    ORDER BY g.state = 'confirmed' DESC, array_position(%(registered_for)s::bigint[], g.meeting_id),
      g.person_id = r.person_id DESC NULLS LAST, g.number LIMIT 1
  ) hers ON true"""
_BY_REGISTRATION: Final = came_by(
    "coalesce('g' || hers.id, CASE WHEN r.person_id IS NOT NULL THEN 'p' || r.person_id END)", _HERS
)


@dataclass(frozen=True, slots=True)
class Stay:
    """Of one holder in one meeting. `registration` or `person` are keys. `seconds` None: nothing tells it."""

    meeting: int
    registration: int | None
    person: int | None
    name: str
    email: str
    city: int | None
    seconds: int | None
    length: int | None


def stays_in(meetings: Sequence[int], *, registered_for: Sequence[int]) -> list[Stay]:
    """In these meetings (the modules of a course, or the meeting itself), of those who registered: for the first named, else
    for the next. Nobody is in it who neither registered nor is known here. One query, however many meetings and people."""
    rows = asked(
        """SELECT came.meeting_id, CASE WHEN who LIKE 'g%%' THEN substr(who, 2)::bigint END, came.person_id,
          coalesce(p.name, came.name, ''), coalesce(came.email, ''), came.city_id, came.seconds, length
        FROM came LEFT JOIN directory_person p ON p.id = came.person_id JOIN lengths USING (meeting_id)
        WHERE who IS NOT NULL AND (who LIKE 'g%%' OR p.is_withdrawn IS NOT TRUE)
        ORDER BY coalesce(p.name_sort, lower(came.name)), who""",
        meetings,
        _BY_REGISTRATION,
        registered_for=list(registered_for),
    )
    return [Stay(*row) for row in rows]


def lengths_of(meetings: Sequence[int]) -> dict[int, int | None]:
    """In seconds; None where nothing tells it. One query."""
    return dict(asked("SELECT meeting_id, length FROM lengths", meetings))

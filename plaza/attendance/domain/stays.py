"""How long those stayed who registered, and those of the directory who came without registering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plaza.attendance.domain.came import WHO, asked, came_by

# All rows of somebody are hers, whatever device or address each came from: that of her registration, or of her record of the
# directory. Several people come by the one address of a desk: it counts only where nobody else is known by the row, and
# nobody has to say yet who it was. Of two registrations of one person, the one with a place, then that of the meeting itself,
# then the first.
_HERS: Final = """LEFT JOIN LATERAL (
    SELECT g.id FROM registration_registration g
    WHERE g.meeting_id = ANY(%(registered_for)s) AND (g.person_id = r.person_id OR (
      r.email <> '' AND g.email = lower(r.email) AND r.match <> 'doubt'
      AND (r.person_id IS NULL OR (g.person_id IS NULL AND r.match <> 'decided'))))
    ORDER BY g.state = 'confirmed' DESC, array_position(%(registered_for)s::bigint[], g.meeting_id),
      g.person_id = r.person_id DESC NULLS LAST, g.number LIMIT 1
  ) hers ON true"""
_BY_REGISTRATION: Final = came_by(f"coalesce('g' || hers.id, {WHO})", _HERS)


@dataclass(frozen=True, slots=True)
class Stay:
    """Of one holder in one meeting. `registration` or `person` are keys. `seconds` None: nothing tells it."""

    meeting: int
    registration: int | None
    person: int | None
    city: int | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Stays:
    """`lengths` of the meetings, in seconds; None where nothing tells it."""

    stays: Sequence[Stay]
    lengths: Mapping[int, int | None]


def stays_in(meetings: Sequence[int], *, registered_for: Sequence[int]) -> Stays:
    """In these meetings (the modules of a course, or the meeting itself), of those who registered: for the first named, else
    for the next. Nobody is in it who neither registered nor is known here. One query, however many meetings and people."""
    rows = list(
        asked(
            """SELECT meeting_id, length, who, person, city, seconds FROM lengths LEFT JOIN (
              SELECT meeting_id, who, person_id AS person, city_id AS city, seconds FROM came
              LEFT JOIN directory_person p ON p.id = came.person_id
              WHERE who LIKE 'g%%' OR (who LIKE 'p%%' AND NOT p.is_withdrawn)
            ) AS each USING (meeting_id) ORDER BY meeting_id, who""",
            meetings,
            _BY_REGISTRATION,
            registered_for=list(registered_for),
        )
    )
    return Stays(
        [
            Stay(meeting, int(who[1:]) if who[0] == "g" else None, person, city, seconds)
            for meeting, _length, who, person, city, seconds in rows
            if who
        ],
        {meeting: length for meeting, length, *_rest in rows},
    )

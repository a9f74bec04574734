"""Who registered for a meeting, as far as it tells who came."""

from dataclasses import dataclass

from plaza.meetings.models import Meeting
from plaza.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Registered:
    """`person` and `city` are keys; a person is known only where her address was proved."""

    email: str
    name: str = ""
    person: int | None = None
    city: int | None = None
    sector: str = ""


def registered_for(meeting: Meeting) -> dict[str, Registered]:
    """By the address, in lower case; whoever cancelled may have come after all. One query."""
    rows = Registration.objects.filter(meeting=meeting).values_list("email", "name", "person", "city", "sector")
    return {row[0]: Registered(*row) for row in rows}

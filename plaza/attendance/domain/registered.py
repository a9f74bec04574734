"""Who registered for a meeting, as far as it tells who came."""

from dataclasses import dataclass

from plaza.meetings.models import Meeting
from plaza.registration.domain.courses import for_it_or_its_course
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
    """By the address, in lower case; whoever cancelled may have come after all. Who registered for a course did so for its
    modules; what was said for the module itself counts first. One query."""
    rows = Registration.objects.filter(for_it_or_its_course(meeting)).values_list(
        "email", "name", "person", "city", "sector", "meeting"
    )
    # Those of the meeting itself come last, and stand.
    in_order = sorted(rows, key=lambda row: row[-1] == meeting.pk)
    return {row[0]: Registered(*row[:-1]) for row in in_order}

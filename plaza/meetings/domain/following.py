"""What meetings know of a person when two records of hers become one (plaza.core.merging)."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from plaza.core.merging import Follows, Stage
from plaza.meetings.models import Appearance, Session

FOLLOWING = Follows(
    lambda pk: Appearance.objects.filter(person=pk),
    same=("session_id", "role"),
    fills=("affiliation", "city_id", "organization_id"),
)


def stages_of_both(one: int, other: int) -> list[Stage]:
    """Sessions in which both appear, in whatever role."""
    sessions = Session.objects.filter(appearances__person=one).filter(appearances__person=other).distinct()
    return [
        Stage(" · ".join(filter(None, (row.meeting.title, row.title))), row.meeting.get_absolute_url())
        for row in sessions.select_related("meeting").order_by("pk")
    ]


def shared(people: Collection[int] | None) -> Mapping[int, set[tuple[str, int]]]:
    """The meetings people were in, and the cities and organisations they were there for."""
    rows = Appearance.objects.all() if people is None else Appearance.objects.filter(person__in=people)
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for person, meeting, city, body in rows.values_list("person", "session__meeting", "city", "organization"):
        found[person] |= {
            (what, key) for what, key in (("meeting", meeting), ("city", city), ("organisation", body)) if key
        }
    return found

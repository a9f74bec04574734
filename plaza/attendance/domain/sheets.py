"""Who came, as rows of a sheet in the reader's language; the first row names the columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from plaza.attendance.domain.came import who_came
from plaza.attendance.domain.figures import Overview
from plaza.attendance.domain.showing import ROLES
from plaza.attendance.models import AttendanceImport
from plaza.directory.choices import Sector
from plaza.directory.models import City
from plaza.meetings.models import Meeting

# The name of the reason in what the reader put aside. By itself, so that no collector of messages takes it for one.
WHY: Final = "why"


def came_sheet(meeting: Meeting) -> Iterator[Sequence[str]]:
    """A row for each who came, in the language being spoken; the first row names the columns. Empty: nothing tells it."""
    yield [
        *(
            _("Name"),
            _("E-mail address"),
            _("City"),
            _("Sector"),
            _("Role"),
            _("Minutes"),
            _("Share of the meeting (%)"),
        ),
    ]
    rows = who_came(meeting.pk)
    cities, sectors = cities_by_key(row.city for row in rows), dict(Sector.choices)
    for row in rows:
        yield [
            *(row.name, row.email, cities.get(row.city or 0, row.city_words), str(sectors.get(row.sector, ""))),
            *(str(ROLES.get(row.role, "")), _number(row.minutes), _number(row.share)),
        ]


def aside_sheet(report: AttendanceImport) -> Iterator[Sequence[str]]:
    """What was put aside, as it stands in the file, with the reason."""
    yield [_("Row"), _("Sheet"), _("What stands there"), _("Reason")]
    for left in report.put_aside:
        yield [str(left["row"]), left.get("sheet", ""), left["text"], _(str(left.get(WHY)))]


def meetings_sheet(found: Overview) -> Iterator[Sequence[str]]:
    """A row for each meeting, the oldest first."""
    yield [_("Meeting"), _("Day"), _("People"), _("New"), _("Came before"), _("Stayed (%)"), _("Cities")]
    for row in found.meetings:
        numbers = (row.people, row.new, row.returning, row.stayed_share, row.cities)
        day = row.meeting.date_start.isoformat() if row.meeting.date_start else ""
        yield [row.meeting.title, day, *map(_number, numbers)]


def cities_sheet(found: Overview) -> Iterator[Sequence[str]]:
    """Also those that never came."""
    yield [_("City"), _("People"), _("Meetings")]
    for city, people, meetings in found.cities:
        yield [city.full_name, str(people), str(meetings)]
    for city in found.never:
        yield [city.full_name, "0", "0"]


def cities_by_key(keys: Iterable[int | None]) -> dict[int, str]:
    """Their full names. One query."""
    rows = City.objects.select_related("country").in_bulk({key for key in keys if key is not None})
    return {pk: city.full_name for pk, city in rows.items()}


def meeting_name(meeting: Meeting) -> str:
    """Of its sheet."""
    return f"{meeting.slug}-attendance"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

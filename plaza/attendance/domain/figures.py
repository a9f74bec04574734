"""Numbers of who came, to one meeting or over many: from which city and sector, who stays, who is new, who never comes.
Rows are counted in the database: as many queries for three meetings as for three hundred."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plaza.attendance.domain.came import asked
from plaza.attendance.models import AttendanceImport
from plaza.directory.choices import Sector
from plaza.directory.models import City, Profile
from plaza.meetings.models import Meeting

# Quarters of a meeting's length.
QUARTERS: Final = (
    _("less than a quarter"),
    _("a quarter to a half"),
    _("a half to three quarters"),
    _("three quarters or more"),
)
# Who was there so long has stayed.
STAYED: Final = 0.5


@dataclass(slots=True)
class Figures:
    """Of one meeting. Cities by their record, the most first; None: of no city that is known here."""

    people: int = 0
    known: int = 0
    cities: list[tuple[City | None, int]] = field(default_factory=list)
    sectors: list[tuple[str, int]] = field(default_factory=list)
    stays: list[tuple[str, int]] = field(default_factory=list)
    genders: list[tuple[str, int]] = field(default_factory=list)

    @property
    def of_cities(self) -> int:
        """How many cities, of those known here."""
        return sum(1 for city, _n in self.cities if city)


def figures_of(meeting: Meeting) -> Figures:
    """Three queries."""
    found = Figures()
    cities: dict[int | None, int] = {}
    sectors: dict[str, int] = {}
    stays: dict[int | None, int] = {}
    genders: dict[str, int] = {}
    rows = asked(
        f"""SELECT grouping(city_id, sector, quarter, gender), city_id, sector, quarter, gender, count(*), count(person_id)
        FROM (SELECT came.*, {_gender()} AS gender,
          least(3, floor(4.0 * seconds / nullif(length, 0)))::int AS quarter FROM came JOIN lengths USING (meeting_id)) AS each
        GROUP BY GROUPING SETS ((city_id), (sector), (quarter), (gender), ())""",
        [meeting.pk],
    )
    for grouped, city, sector, quarter, gender, n, known in rows:
        if grouped == 0b1111:
            found.people, found.known = n, known
        elif grouped == 0b0111:
            cities[city] = n
        elif grouped == 0b1011:
            sectors[sector] = n
        elif grouped == 0b1101:
            stays[quarter] = n
        else:
            genders[gender] = n
    found.cities = _named(cities)
    found.sectors = _labelled(sectors, Sector.choices)
    found.stays = [(str(label), stays.get(number, 0)) for number, label in enumerate(QUARTERS)]
    found.stays += [(str(_("not told")), stays[None])] if None in stays else []
    found.genders = _labelled(genders, _genders()) if _genders() else []
    return found


@dataclass(frozen=True, slots=True)
class OfMeeting:
    """`new`: who came to none of the meetings before. `timed`: of whom it is known how long they
    stayed; `stayed`: of them, half of it or more."""

    meeting: Meeting
    people: int
    new: int
    stayed: int
    timed: int
    cities: int

    @property
    def returning(self) -> int:
        """Who came to one before."""
        return self.people - self.new

    @property
    def stayed_share(self) -> int | None:
        """In percent of those of whom it is known."""
        return round(100 * self.stayed / self.timed) if self.timed else None


@dataclass(frozen=True, slots=True)
class Overview:
    """`meetings` oldest first. `cities`: city, people, meetings she had somebody in. `never`: members nobody came from."""

    meetings: list[OfMeeting]
    cities: list[tuple[City, int, int]]
    never: list[City]
    people: int
    often: int


def with_reports(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Of which a report counts, the oldest first."""
    counted = AttendanceImport.objects.filter(state__in=["matched", "done"]).values("meeting")
    return meetings.filter(pk__in=counted).prefetch_related("translations").order_by("date_start", "pk")


def overview(meetings: Sequence[Meeting]) -> Overview:
    """Four queries."""
    by_pk = {meeting.pk: meeting for meeting in meetings}
    # New is who came to none of these meetings before this one; somebody without a name or an address is always new.
    rows = asked(
        """SELECT meeting_id, count(*), count(*) FILTER (WHERE nth = 1),
          count(*) FILTER (WHERE seconds >= %(stayed)s * length), count(seconds), count(DISTINCT city_id)
        FROM (SELECT came.*, length, row_number() OVER (PARTITION BY who ORDER BY m.date_start NULLS FIRST, m.id) AS nth
          FROM came JOIN lengths USING (meeting_id) JOIN meetings_meeting m ON m.id = meeting_id) AS each
        GROUP BY 1""",
        list(by_pk),
        stayed=STAYED,
    )
    counted = {pk: OfMeeting(by_pk[pk], *numbers) for pk, *numbers in rows}
    by_city: dict[int, tuple[int, int]] = {}
    people = often = 0
    for grouped, city, who, in_meetings, came_often in asked(
        """SELECT grouping(city_id), city_id, count(DISTINCT who), count(DISTINCT meeting_id),
          count(DISTINCT who) FILTER (WHERE times > 1)
        FROM (SELECT *, count(*) OVER (PARTITION BY who) AS times FROM came) AS each GROUP BY GROUPING SETS ((city_id), ())""",
        list(by_pk),
    ):
        if grouped:
            people, often = who, came_often
        elif city is not None:
            by_city[city] = (who, in_meetings)
    cities = City.objects.select_related("country").in_bulk(by_city)
    never = City.objects.members().exclude(pk__in=by_city).select_related("country").order_by("name_sort", "pk")
    return Overview(
        [counted[pk] for pk in by_pk if pk in counted],
        sorted(((cities[pk], *n) for pk, n in by_city.items()), key=lambda row: (-row[2], -row[1], row[0].name_sort)),
        list(never),
        people,
        often,
    )


def _named(counts: Mapping[int | None, int]) -> list[tuple[City | None, int]]:
    cities = City.objects.select_related("country").in_bulk([pk for pk in counts if pk is not None])
    rows = [(cities.get(pk) if pk is not None else None, n) for pk, n in counts.items()]
    return sorted(rows, key=lambda row: (row[0] is None, -row[1], row[0].name_sort if row[0] else ""))


def _labelled(counts: Mapping[str, int], choices: Any) -> list[tuple[str, int]]:
    rows = [(str(label), counts.get(value, 0)) for value, label in choices if value]
    missing = sum(n for value, n in counts.items() if not value)
    return [*rows, (str(_("not told")), missing)] if missing else rows


def _genders() -> list[tuple[str, Any]]:
    """As people may declare it on their pages; none where the directory does not ask."""
    field = next((each for each in Profile._meta.fields if each.name == "gender"), None)
    return list(field.choices or ()) if field is not None else []


def _gender() -> str:
    if not _genders():
        return "''"
    return "coalesce((SELECT gender FROM directory_profile WHERE directory_profile.person_id = came.person_id), '')"

"""Whom and what the network knows already of what a page names: offered to the person who decides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, F, Func, Prefetch, Q, Value
from rapidfuzz import fuzz

from plaza.core.folding import fold
from plaza.directory.models import City, Membership, Person
from plaza.formats.page.gazetteer import gazetteer
from plaza.ingest.models import Proposal
from plaza.meetings.models import Meeting

# Of a hundred: `Ana Ribera` and `Ana M. Ribera` are near; the titles of two webinars of a series are not.
NEAR_NAME: Final = 86
NEAR_TITLE: Final = 82
MOST_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Known:
    """People by the folded name on the page, those of the very name first; cities likewise; meetings that may be the
    proposal's, by its id."""

    people: dict[str, list[Person]]
    cities: dict[str, list[City]]
    meetings: dict[int, list[Meeting]]

    def doubts(self, row: Proposal) -> bool:
        """Whether a person should look: two share a name, a name is nearly known, a meeting may be here already."""
        names = {fold(person["name"]) for person in row.people}
        return bool(self.meetings.get(row.pk)) or any(self.is_doubtful(name) for name in names)

    def is_doubtful(self, name: str) -> bool:
        found = self.people.get(name, [])
        return bool(found) and [person.name_sort for person in found] != [name]


def known_to(rows: Sequence[Proposal]) -> Known:
    """In five queries, however many rows. They have their `parts` prefetched."""
    names = {fold(person["name"]) for row in rows for person in row.people}
    cities = {
        name for row in rows for name in (*row.whole["cities"], *(place["name"] for place in row.whole["places"]))
    }
    return Known(_people(names), _cities(cities), _meetings(rows))


def _people(names: Iterable[str]) -> dict[str, list[Person]]:
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_first[name.split()[0]].append(name)
    if not by_first:
        return {}
    found: dict[str, list[Person]] = defaultdict(list)
    first_word = Func(F("name_sort"), Value(" "), Value(1), function="split_part", output_field=CharField())
    people = Person.objects.annotate(first=first_word).filter(first__in=by_first, merged_into=None).order_by("pk")
    posts = Membership.objects.select_related("post__city", "post__organization")
    for person in people.prefetch_related(Prefetch("memberships", posts)):
        for name in by_first.get(person.name_sort.split()[0], ()):
            if _is_near(person.name_sort, name):
                found[name].append(person)
    return {
        name: sorted(rows, key=lambda person: person.name_sort != name)[:MOST_OFFERED] for name, rows in found.items()
    }


def _is_near(one: str, other: str) -> bool:
    mine, its = set(one.split()), set(other.split())
    return mine <= its or its <= mine or fuzz.token_sort_ratio(one, other) >= NEAR_NAME


def _cities(names: Iterable[str]) -> dict[str, list[City]]:
    places = {name: gazetteer().places.get(fold(name), []) for name in names}
    ids = {str(place.geonameid) for found in places.values() for place in found}
    folded = [fold(name) for name in places]
    if not folded:
        return {}
    rows = City.objects.filter(Q(identifiers__geonames__in=list(ids)) | Q(name_sort__in=folded)).select_related(
        "country"
    )
    by_id = {city.identifiers.get("geonames"): city for city in rows}
    by_name: dict[str, list[City]] = defaultdict(list)
    for city in rows:
        by_name[city.name_sort].append(city)
    offered = {}
    for name, found in places.items():
        largest_first = sorted(found, key=lambda place: -place.population)
        cities = [by_id[str(place.geonameid)] for place in largest_first if str(place.geonameid) in by_id]
        offered[name] = list(dict.fromkeys([*cities, *by_name.get(fold(name), [])]))[:MOST_OFFERED]
    return offered


def _meetings(rows: Sequence[Proposal]) -> dict[int, list[Meeting]]:
    """Meetings of the same days, or in a series under the same number, whose titles are near without being the same:
    the same title on the same days is found without asking."""
    dates = {row.pk: row.date for row in rows}
    starts = {date.start for date in dates.values() if date is not None}
    asked = Q(date_start__in=starts)
    if None in dates.values():
        asked |= Q(date_start__isnull=True)
    there = list(Meeting.objects.filter(asked).only("title", "slug", "date_start", "language").order_by("pk"))
    offered: dict[int, list[Meeting]] = {}
    for row in rows:
        date, title = dates[row.pk], fold(row.title)
        start = date.start if date else None
        near = [meeting for meeting in there if meeting.date_start == start and _are_near(meeting, title)]
        if near and not any(fold(meeting.title) == title for meeting in near):
            offered[row.pk] = near[:MOST_OFFERED]
    return offered


def _are_near(meeting: Meeting, title: str) -> bool:
    other = fold(meeting.title)
    return fuzz.token_sort_ratio(other, title) >= NEAR_TITLE or (len(title) > 12 and (title in other or other in title))

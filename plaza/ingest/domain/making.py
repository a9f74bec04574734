"""Making a meeting of what a page tells. What is made for it alone is written down, so that it can be taken back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from plaza.accounts.models import User
from plaza.core.dates import ImpreciseDate
from plaza.core.folding import fold
from plaza.core.languages import DEFAULT, Language, known
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.domain.organisations import enlist
from plaza.directory.domain.people import enrol
from plaza.directory.models import City, Organization, Person
from plaza.ingest.domain.corrected import Corrected, Named
from plaza.ingest.domain.source import text_lines, told_words
from plaza.ingest.models import Proposal
from plaza.knowledge.domain.people import forget_people
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus
from plaza.meetings.domain.programme import add_meeting, open_series, put_on_stage
from plaza.meetings.models import Meeting, Series, Session
from plaza.topics.models import Topic

MOST_TITLE: Final = 300
# A title with this many words around it stands in running text.
PASSING: Final = 12

# What the reader calls a body (contracts: organisations[].type) in the directory's terms.
BODIES: Final[dict[str, tuple[OrganisationType, Sector]]] = {
    "multilateral": (OrganisationType.MULTILATERAL, Sector.PUBLIC),
    "national government": (OrganisationType.GOVERNMENT, Sector.PUBLIC),
    "local government": (OrganisationType.LOCAL_GOVERNMENT, Sector.PUBLIC),
    "company": (OrganisationType.PRIVATE, Sector.PRIVATE),
    "civil society": (OrganisationType.NATIONAL_NGO, Sector.CIVIL),
    "academia": (OrganisationType.ACADEMIC, Sector.ACADEMIA),
    "network": (OrganisationType.REGIONAL_NGO, Sector.CIVIL),
    "media": (OrganisationType.PRIVATE, Sector.PRIVATE),
    "other": (OrganisationType.OTHER, Sector.PUBLIC),
}


class Making:
    """One proposal on its way to a meeting."""

    def __init__(self, row: Proposal, corrected: Corrected, by: User | None) -> None:
        self._row, self._corrected, self._by = row, corrected, by
        self._language: Language = known(row.page.language) or DEFAULT
        self._made: dict[str, list[int]] = {}
        self._lines = text_lines(row.page.text)
        self._cities = self._cities_of_the_page()

    def meeting(self, title: str, date: ImpreciseDate | None) -> Meeting:
        told = self._row.whole
        kind = self._corrected.kind or told["kind"]
        meeting = add_meeting(
            title=title,
            summary=self._words(),
            language=self._language,
            kind=MeetingKind(kind) if kind in MeetingKind.values else MeetingKind.EVENT,
            date=date,
            series=self._series(),
            number=told["number"],
            status=MeetingStatus.ARCHIVED,
            topics=Topic.objects.filter(code__in=told["topics"]) if told["topics"] else (),
            by=self._by,
        )
        meeting.places.set(self._called(place["name"] for place in told["places"]))
        meeting.about.set(self._called(told["cities"]))
        people = iter(enumerate(self._row.people))
        self._fill(meeting.sessions.get(), told["people"], people)
        for number, part in enumerate(told["sessions"], 2):
            title = (part["title"] or "")[:MOST_TITLE]
            session = meeting.sessions.create(number=number, language=self._language, title=title)
            self._fill(session, part["people"], people)
        self._row.made = self._made
        return meeting

    def _words(self) -> str:
        """What the page says of it, without its title, its sessions and its lists."""
        stretches = [self._row, *self._row.parts.all()]
        besides = [row.told["title_line"] for row in stretches if row.told["title_status"] == "stated"]
        besides = [line for line in besides if not self._is_told_in_passing(line)]
        besides += [part["line"] for part in self._row.whole["sessions"]]
        said = (told_words(self._lines, row.first_line, row.last_line, besides) for row in stretches)
        return " ".join(filter(None, said))

    def _is_told_in_passing(self, line: int) -> bool:
        """Whether the title stands inside a sentence, which then is more than a title."""
        return len(self._lines[line - 1].split()) > len(self._row.title.split()) + PASSING

    def _cities_of_the_page(self) -> Mapping[str, City]:
        """By the folded name on the page: what a person chose, else what the gazetteer says."""
        read = self._row.page.reading["cities"]
        ids = {str(city["geonameid"]): fold(city["name"]) for city in read if city["geonameid"]}
        found = City.objects.filter(identifiers__geonames__in=list(ids))
        cities = {ids[city.identifiers["geonames"]]: city for city in found}
        for name, chosen in self._corrected.cities.items():
            cities.pop(fold(name), None)
            if chosen is not None:
                cities[fold(name)] = chosen
        return cities

    def _called(self, names: Iterable[str]) -> list[City]:
        return [self._cities[fold(name)] for name in names if fold(name) in self._cities]

    def _series(self) -> Series | None:
        name = self._corrected.series
        if name is None:
            name = told_series(self._row)
        if not name:
            return None
        is_new = not Series.objects.filter(title=name[:MOST_TITLE]).exists()
        series = open_series(title=name[:MOST_TITLE], language=self._language, by=self._by)
        if is_new:
            self._made.setdefault("series", []).append(series.pk)
        return series

    def _fill(self, session: Session, people: Sequence[dict[str, Any]], numbered: Any) -> None:
        for told in people:
            place, _ = next(numbered)
            named = self._corrected.people.get(place) or Named(told["name"], told["role"] or "")
            if named.left_out:
                continue
            city = self._city_on(told["line"])
            put_on_stage(
                session=session,
                person=self._person(named),
                role=AppearanceRole.SPEAKER,
                affiliation=self._affiliation(told, named)[:300],
                city=city,
                organization=self._body(told["organisation"], has_city=city is not None),
                by=self._by,
            )

    def _affiliation(self, told: dict[str, Any], named: Named) -> str:
        """What an entry of a list says behind the name, in the page's words; elsewhere the post and the body."""
        line = self._lines[told["line"] - 1]
        entry = re.fullmatch(rf"\W*{re.escape(told['name'])}\s*[,(–—-]\s*(.+?)\W*", line)
        if entry and named.role == (told["role"] or "") and ";" not in entry[1]:
            return entry[1]
        return ", ".join(filter(None, (named.role, told["organisation"])))

    def _person(self, named: Named) -> Person:
        """Somebody of that name who is known; where two share one, a person has chosen."""
        if named.person is not None:
            return named.person
        if not named.is_new:
            alike = Person.objects.filter(name_sort=fold(named.name), merged_into__isnull=True).order_by("pk").first()
            if alike is not None:
                return alike
        person = enrol(name=named.name[:200], by=self._by)
        self._made.setdefault("people", []).append(person.pk)
        return person

    def _city_on(self, line: int) -> City | None:
        """The one city that is named beside a person: of two it is not known whose they are."""
        here = [city["name"] for city in self._row.page.reading["cities"] if line in city["lines"]]
        return next(iter(self._called(here)), None) if len(here) == 1 else None

    def _body(self, name: str | None, *, has_city: bool) -> Organization | None:
        """A city hall is its city."""
        read = next((each for each in self._row.page.reading["organisations"] if each["name"] == name), None)
        if not name or read is None or (read["type"] == "local government" and has_city):
            return None
        type, sector = BODIES.get(read["type"], BODIES["other"])
        body, is_new = enlist(name=name[:300], type=type, sector=sector, by=self._by)
        if is_new:
            self._made.setdefault("organisations", []).append(body.pk)
        return body


def told_series(row: Proposal) -> str:
    """The name of its series, stated or suggested; empty where it is in none."""
    series = next((each for each in row.page.reading["series"] if each["id"] == row.told["series"]), None)
    return str((series and (series["title"] or series["suggested_title"])) or "")


def forget_made(made: Mapping[str, Sequence[int]]) -> None:
    """Takes away the people, bodies and series that were made for one proposal, where nothing else has come to need
    them."""
    forget_people(made.get("people", ()))
    bodies = Organization.objects.filter(pk__in=made.get("organisations", ()))
    bodies.filter(appearances__isnull=True, posts__isnull=True).delete()
    Series.objects.filter(pk__in=made.get("series", ()), meetings__isnull=True).delete()

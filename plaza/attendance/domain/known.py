"""Who is known here, read once for a whole report: people by their addresses and the sounds of their names, cities by what
they are called. Seven queries, however long the report is."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from django.utils import timezone

from plaza.attendance.domain.registered import Registered, registered_for
from plaza.core import person_names
from plaza.core.folding import fold
from plaza.core.person_names import telling
from plaza.directory.choices import Sector
from plaza.directory.domain.twins import COMMON, Named
from plaza.directory.models import City, Country, FocalPoint, KnownAddress, Membership, Person, Profile
from plaza.meetings.models import Meeting

# What stands before the name of a city where somebody says whom she is of, folded.
_BEFORE_A_CITY: Final = re.compile(
    r"^(?:la |el |a |o |the )?(?:alcaldia|ayuntamiento|municipalidad|municipio|intendencia|gobierno|prefeitura|municipality|"
    r"city|city hall|mairie|ville|commune)(?: metropolitana| municipal)?(?: de la| de los| de| do| da| of| d')? "
)

# Of those that sound alike so many are compared letter by letter.
NEAREST: Final = 20

sound = lru_cache(maxsize=20_000)(person_names.sound)


class Spell(NamedTuple):
    """From when to when somebody was of a city; of a public body where it is a city's post."""

    city: int | None
    sector: str
    start: dt.date
    end: dt.date


class Known:
    """All that rows of one meeting's reports are held against, read once: people with their names, addresses and posts,
    cities, and who registered. As many queries however many rows there are."""

    def __init__(self, meeting: Meeting) -> None:
        self.day = meeting.date_start or timezone.localdate()
        self.registered: dict[str, Registered] = registered_for(meeting)
        self.addresses: dict[str, set[int]] = defaultdict(set)
        self.names: dict[int, list[Named]] = defaultdict(list)
        self._named: list[Named] = []
        self._same: dict[str, list[Named]] = defaultdict(list)
        # By their places in the list: counting numbers is quick.
        self._blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._into: dict[int, int] = {}
        self._read_people()
        self.spells = _spells()
        self._cities, self._countries = _cities()

    def _read_people(self) -> None:
        rows = list(Person.objects.order_by("pk").values_list("pk", "name", "merged_into", "user__email"))
        self._into = {pk: into for pk, _, into, _ in rows if into}
        for pk, name, _, email in rows:
            kept = self.standing(pk)
            if email:
                self.addresses[email.lower()].add(kept)
            named = Named(kept, tuple(telling(name)), " ".join(name.split()))
            self.names[kept].append(named)
            self._same[_whole(named.words)].append(named)
            for key in keys(named.words):
                self._blocks[key].append(len(self._named))
            self._named.append(named)
        for model in (KnownAddress, Profile):
            for pk, email in model.objects.exclude(email="").values_list("person", "email"):
                self.addresses[email.lower()].add(self.standing(pk))

    def standing(self, pk: int) -> int:
        """The record that hers became part of."""
        while pk in self._into:
            pk = self._into[pk]
        return pk

    def alike(self, words: tuple[str, ...]) -> list[Named]:
        """Those whose names may be meant: those of that very name, whatever its order and accents; where there are none,
        those that have most of its sounds in common."""
        same = self._same.get(_whole(words))
        if same:
            return same
        shared: Counter[int] = Counter()
        for key in keys(words):
            block = self._blocks.get(key, ())
            if len(block) <= COMMON:
                shared.update(block)
        return [self._named[number] for number, _ in shared.most_common(NEAREST)]

    def cities_of(self, person: int) -> set[int]:
        """In which she holds or held a post."""
        return {spell.city for spell in self.spells.get(person, ()) if spell.city}

    def place_of(self, person: int) -> tuple[int | None, str]:
        """City and sector of her post on the day of the meeting."""
        return _place(self.spells.get(person, []), self.day)

    def city_called(self, words: str, country: str = "") -> int | None:
        """The only city of that name, of a member first; None where there is none, or several."""
        name, comma, rest = words.rpartition(",")
        name, of = (name, rest) if comma else (words, country)
        folded = fold(name)
        found = self._cities.get(folded) or self._cities.get(_BEFORE_A_CITY.sub("", folded)) or []
        code = self._countries.get(fold(of)) if of else None
        if code:
            found = [city for city in found if city[1] == code] or ([] if comma else found)
        members = [city for city in found if city[2]]
        found = members if len(members) == 1 else found
        return found[0][0] if len(found) == 1 else None


def keys(words: Iterable[str]) -> set[tuple[str, str]]:
    """Two words by their sound, or one and how another begins."""
    heard = sorted({sound(word) for word in words})
    found = {(one, other[:1]) for one in heard for other in heard if one != other and len(one) > 1}
    return found | set(combinations(heard, 2))


def _whole(words: Iterable[str]) -> str:
    """The same for one name in any order."""
    return " ".join(sorted(set(words)))


def place_on_the_day(person: Person, meeting: Meeting) -> tuple[int | None, str]:
    """City and sector of the post somebody held when a meeting was. Two queries."""
    return _place(_spells(person).get(person.pk, []), meeting.date_start or timezone.localdate())


def _place(spells: list[Spell], day: dt.date) -> tuple[int | None, str]:
    """Of the post of the day, or of the last one before it."""
    on_the_day = [spell for spell in spells if spell.start <= day <= spell.end]
    before = sorted((spell for spell in spells if spell.start <= day), key=lambda spell: spell.end)
    found = on_the_day or before[-1:] or spells[:1]
    city = next((spell.city for spell in found if spell.city), None)
    return city, found[0].sector if found else ""


def _spells(person: Person | None = None) -> dict[int, list[Spell]]:
    found: dict[int, list[Spell]] = defaultdict(list)
    whose = {"person": person} if person else {}
    posts = (
        Membership.objects.filter(**whose)
        .order_by("pk")
        .values_list("person", "post__city", "post__organization__city", "post__organization__sector", "start", "end")
    )
    for pk, city, of_body, sector, start, end in posts:
        found[pk].append(Spell(city or of_body, sector or Sector.PUBLIC, start or dt.date.min, end or dt.date.max))
    points = FocalPoint.objects.filter(**whose).order_by("pk").values_list("person", "city", "start", "end")
    for pk, city, start, end in points:
        found[pk].append(Spell(city, Sector.PUBLIC, start or dt.date.min, end or dt.date.max))
    return found


def _cities() -> tuple[dict[str, list[tuple[int, str | None, bool]]], dict[str, str]]:
    found: dict[str, list[tuple[int, str | None, bool]]] = defaultdict(list)
    rows = City.objects.values_list("pk", "search_names", "country", "network_membership__status")
    for pk, names, country, status in rows:
        for name in set(names.split("|")):
            found[name].append((pk, country, status == "member"))
    countries = {fold(str(name)): row.code for row in Country.objects.all() for name in row.names.values()}
    return found, countries | {row.casefold(): row for row in set(countries.values())}

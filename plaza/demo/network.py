"""The demo's cities: real ones as members, by population, and the invented ones of the cast."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from plaza.core.folding import fold
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.told_of_people import tell_of
from plaza.directory.models import City, Person, Profile

DATA: Final = Path(__file__).resolve().parent / "data"
MEMBER_CITIES: Final = 200
SINCE: Final = dt.date(2025, 1, 15)


def cast() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((DATA / "cast.toml").read_text("utf-8"))


@transaction.atomic
def load_cities() -> int:
    """200 members: the invented cities of the cast and the largest real ones, no more than a fifth of
    them from one country, so that the small countries are on the map."""
    rows = cast()["city"]
    for row in rows:
        City.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "names": row["names"],
                "name_sort": fold(row["names"]["es"]),
                "search_names": fold(row["names"]["es"]),
                "population": row["population"],
                "is_fictional": True,
            },
        )
    members = list(City.objects.filter(is_fictional=True))
    taken: dict[str | None, int] = {}
    for city in City.objects.filter(is_fictional=False, population__isnull=False).order_by("-population", "pk"):
        if len(members) == MEMBER_CITIES:
            break
        if taken.get(city.country_id, 0) < MEMBER_CITIES // 5:
            taken[city.country_id] = taken.get(city.country_id, 0) + 1
            members.append(city)
    for city in members:
        move(city=city, to=MembershipStatus.MEMBER, on=SINCE, by=None, why="demonstration")
    return len(members)


@transaction.atomic
def load_people() -> dict[str, Person]:
    """The cast, by name, each in their post."""
    people: dict[str, Person] = {}
    for row in cast()["person"]:
        name = row["name"]
        person = Person.objects.filter(name=name, is_fictional=True).first()
        people[name] = person or enrol(name=name, language=row["language"], by=None, is_fictional=True)
        if "gender" in row and not Profile.objects.filter(person=people[name]).exists():
            tell_of(person=people[name], by=None, gender=row["gender"])
        if "city" in row:
            appoint(
                person=people[name],
                label=row["post"],
                language=row["language"],
                city=City.objects.get(slug=row["city"]),
                is_mayor=row.get("is_mayor", False),
                start=SINCE,
                by=None,
            )
    return people

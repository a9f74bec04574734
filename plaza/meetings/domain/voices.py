"""Who is on stage in a meeting, as readers see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from plaza.core.translations import reader_language
from plaza.directory.models.people import not_named
from plaza.meetings.choices import AppearanceRole
from plaza.meetings.domain.statements import Way, ways_of
from plaza.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Voice:
    person: int
    name: str
    url: str
    role: str
    role_called: str
    affiliation: str
    city: str
    city_url: str
    language: str


def voices_of(meeting: Meeting) -> dict[int, list[Voice]]:
    """By session. One query."""
    return voices_from(ways_of(meeting.pk, reader_language()))


def voices_from(ways: Iterable[Way]) -> dict[int, list[Voice]]:
    """By session, in the order in which they are to be named; the affiliation is that of the day. Of who asked not to be
    named only that somebody was there."""
    roles = {role.value: str(role.label) for role in AppearanceRole}
    # An address is not made a hundred and sixty times.
    of_person, of_city = (reverse(f"portal:{what}", args=["0"]) for what in ("person", "city"))
    nobody = not_named()
    seats: list[tuple[int, int, int, Voice]] = []
    for way in ways:
        if way.is_withdrawn:
            voice = Voice(way.person, nobody, "", way.role, roles[way.role], "", "", "", way.language)
        else:
            url = of_person.replace("/0/", f"/{way.slug}/")
            at = (way.city_called, of_city.replace("/0/", f"/{way.city_slug}/")) if way.city else ("", "")
            voice = Voice(way.person, way.name, url, way.role, roles[way.role], way.affiliation, *at, way.language)
        seats += [(*seat, voice) for seat in zip(way.positions, way.keys, way.sessions, strict=True)]
    found: dict[int, list[Voice]] = defaultdict(list)
    # No two have the same key: voices themselves are never compared.
    for _position, _key, session, voice in sorted(seats):
        found[session].append(voice)
    return found

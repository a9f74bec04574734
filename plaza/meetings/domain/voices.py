"""Who is on stage in a meeting, as readers see them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.urls import reverse
from django.utils.translation import get_language

from plaza.core.names import called_in
from plaza.directory.models.people import not_named
from plaza.meetings.choices import AppearanceRole
from plaza.meetings.models import Appearance, Meeting

_OF_A_VOICE: Final = (
    *("person", "person__name", "person__slug", "person__language", "person__is_withdrawn"),
    *("role", "affiliation", "city", "city__slug", "city__names"),
)


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
    """By session, in the order in which they are to be named; the affiliation is that of the day. Of who asked not to be
    named only that somebody was there. One query, and one row a way to appear: a summit has sixty people on a thousand seats."""
    ways = (
        Appearance.objects.filter(session__meeting=meeting)
        .order_by()
        .values_list(*_OF_A_VOICE)
        .annotate(positions=ArrayAgg("position"), keys=ArrayAgg("pk"), sessions=ArrayAgg("session"))
    )
    roles = {role.value: str(role.label) for role in AppearanceRole}
    # An address is not made a hundred and sixty times.
    of_person, of_city = (reverse(f"portal:{what}", args=["0"]) for what in ("person", "city"))
    nobody, reading = not_named(), get_language()
    seats: list[tuple[int, int, int, Voice]] = []
    for who, name, slug, language, is_withdrawn, role, post, place, city_slug, names, *where in ways:
        if is_withdrawn:
            voice = Voice(who, nobody, "", role, roles[role], "", "", "", language)
        else:
            at = (called_in(names, reading), of_city.replace("/0/", f"/{city_slug}/")) if place else ("", "")
            url = of_person.replace("/0/", f"/{slug}/")
            voice = Voice(who, name, url, role, roles[role], post, *at, language)
        seats += [(*seat, voice) for seat in zip(*where, strict=True)]
    found: dict[int, list[Voice]] = defaultdict(list)
    # No two have the same key: voices themselves are never compared.
    for _position, _pk, session, voice in sorted(seats):
        found[session].append(voice)
    return found

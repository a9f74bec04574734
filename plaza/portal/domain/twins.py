"""What is known of two records that may be one person, side by side; and why they may be, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy

from plaza.core.translations import read_translations
from plaza.directory.models import City, Expertise, KnownAddress, Membership, Organization, Person, Twins
from plaza.meetings.models import Appearance, Meeting

MOST: Final = 8
NAMES: Final = {
    "same name": gettext_lazy("The same name."),
    "accents": gettext_lazy("The same name with other accents or capitals."),
    "order": gettext_lazy("The same names in another order."),
    "initials": gettext_lazy("One writes a letter where the other writes a name."),
    "part of the name": gettext_lazy("One name is a part of the other."),
    "sounds alike": gettext_lazy("The names sound alike."),
    "one letter": gettext_lazy("The names differ by one letter."),
    "nearly the same": gettext_lazy("The names are nearly the same."),
}
SHARED: Final = {
    "city": gettext_lazy("Both belong to %(name)s."),
    "organisation": gettext_lazy("Both belong to %(name)s."),
    "meeting": gettext_lazy("Both were in “%(name)s”."),
}


def with_reasons(rows: Iterable[Twins]) -> list[tuple[Twins, list[str]]]:
    """Each with sentences; five queries, however many rows."""
    rows = list(rows)
    wanted: dict[str, set[int]] = {name: set() for name in SHARED}
    for row in rows:
        for what, key in row.reasons:
            if what in wanted:
                wanted[what].add(key)
    meetings = list(Meeting.objects.filter(pk__in=wanted["meeting"]))
    cities = City.objects.select_related("country").filter(pk__in=wanted["city"])
    called = {("city", city.pk): city.full_name for city in cities}
    called |= {("organisation", row.pk): row.name for row in Organization.objects.filter(pk__in=wanted["organisation"])}
    called |= {("meeting", row.pk): row.title for row in meetings}
    return [(row, [said for what, key in row.reasons if (said := _sentence(what, key, called))]) for row in rows]


def _sentence(what: str, key: int | None, called: dict[tuple[str, int], str]) -> str:
    if what in NAMES:
        return str(NAMES[what])
    name = called.get((what, key or 0))
    return str(SHARED[what]) % {"name": name} if name else ""


@dataclass
class Side:
    """One of the two, as the page shows it."""

    person: Person
    posts: list[Membership] = field(default_factory=list)
    stages: list[Appearance] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    address: str = ""


def sides(*people: Person) -> list[Side]:
    """Five queries for both together."""
    found = {person.pk: Side(person) for person in people}
    for post in Membership.objects.filter(person__in=found).select_related("post__city__country", "post__organization"):
        found[post.person_id].posts.append(post)
    stages: Any = Appearance.objects.filter(person__in=found).select_related("session__meeting", "city__country")
    for row in stages.order_by("-session__meeting__date_start", "pk"):
        if len(found[row.person_id].stages) < MOST:
            found[row.person_id].stages.append(row)
    read_translations([row.session.meeting for side in found.values() for row in side.stages])
    for each in Expertise.objects.filter(person__in=found).select_related("topic"):
        found[each.person_id].topics.append(each.topic.called)
    for known in KnownAddress.objects.filter(person__in=found):
        found[known.person_id].address = known.email
    return [found[person.pk] for person in people]

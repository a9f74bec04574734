"""Whose voices a programme has: women and men as they declare it themselves, countries, the four sectors."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from plaza.directory.choices import Gender, Sector
from plaza.directory.models import Country
from plaza.meetings.models import Appearance, Meeting


@dataclass(frozen=True, slots=True)
class Share:
    label: str
    count: int
    percent: int
    # Nobody said it: no share of its own kind.
    is_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    people: int
    genders: list[Share]
    sectors: list[Share]
    countries: list[Share]


def balance_of(meeting: Meeting) -> Balance:
    """Each person counts once. Who appears for an organisation counts for its sector, who appears for a city for the public
    one. Two queries. For those who run the network alone: what a person declares is private."""
    found = Appearance.objects.filter(session__meeting=meeting, session__is_cancelled=False).values_list(
        "person", "person__profile__gender", "organization__sector", "city", "city__country", "organization__country"
    )
    rows = list(found.order_by("pk"))
    genders: dict[int, str] = {}
    sectors: dict[int, str] = {}
    countries: dict[int, str] = {}
    for person, gender, sector, city, of_city, of_body in rows:
        genders[person] = gender or ""
        sectors[person] = sectors.get(person) or sector or (Sector.PUBLIC if city else "")
        countries[person] = countries.get(person) or of_city or of_body or ""
    named = {row.pk: row.called for row in Country.objects.filter(pk__in=set(countries.values()))} if rows else {}
    return Balance(
        len(genders),
        _shares(genders, {each.value: str(each.label) for each in Gender}),
        _shares(sectors, {each.value: str(each.label) for each in Sector}),
        _shares(countries, dict(sorted(named.items(), key=lambda pair: pair[1])), unsaid=_("not known")),
    )


def _shares(said: dict[int, str], labels: dict[str, str], unsaid: str = "") -> list[Share]:
    counts = Counter(said.values())
    whole = len(said) or 1
    found = [Share(label, counts[key], round(100 * counts[key] / whole)) for key, label in labels.items()]
    if counts[""]:
        found.append(Share(unsaid or _("not said"), counts[""], round(100 * counts[""] / whole), is_unsaid=True))
    return found

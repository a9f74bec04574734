"""What a place is to be narrowed down by, and how many places of a list there are of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from plaza.core.folding import fold
from plaza.core.languages import DEFAULT, NATIVE_NAMES, Language, known
from plaza.directory.choices import CitySize
from plaza.directory.models import City
from plaza.knowledge.models import Recording
from plaza.meetings.models import Meeting
from plaza.retrieval.passages import Within
from plaza.search.domain.finding import Found
from plaza.search.domain.indexing import MEETING, RECORDING


class Facet(StrEnum):
    """As they stand in an address: `?topic=climate/adaptation&year=2026`."""

    KIND = "kind"
    TOPIC = "topic"
    COUNTRY = "country"
    SIZE = "size"
    YEAR = "year"
    LANGUAGE = "language"
    SPEAKER = "speaker"


LABELS: Final = {
    Facet.KIND: gettext_lazy("Kind"),
    Facet.TOPIC: gettext_lazy("Topic"),
    Facet.COUNTRY: gettext_lazy("Country"),
    Facet.SIZE: gettext_lazy("Size of the city"),
    Facet.YEAR: gettext_lazy("Year"),
    Facet.LANGUAGE: gettext_lazy("Language"),
    Facet.SPEAKER: gettext_lazy("Who speaks"),
}

# By facet, each value that holds for a place (as it stands in an address) with what a reader calls it.
Facts = Mapping[Facet, Mapping[str, str]]
Chosen = Mapping[Facet, str]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one facet, as a list to choose from."""

    facet: Facet
    choices: list[Choice]

    @property
    def label(self) -> str:
        return str(LABELS[self.facet])

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_chosen), None)


def facts_of(found: Found, language: Language) -> Facts:
    """Of a place found with facts. It belongs to the city of who speaks; where that is not known, to each city that
    was on stage. Labels in `language`."""
    stage = found.owner.stage_facts
    if isinstance(found.owner, Recording):
        speaker = found.person.slug if found.person else None
        speakers = {found.person.slug: found.person.name} if found.person else {}
        spoke = [row for row in stage if row["person"] == speaker]
    else:
        speakers, spoke = {row["person"]: row["name"] for row in stage}, []
    cities = [row for row in (spoke or stage) if row["city"] is not None]
    sizes = [size for row in cities if (size := CitySize.of(row["population"])) is not None]
    with override(language):
        return {
            Facet.KIND: {found.hit.source: _("recording") if found.hit.source == RECORDING else _("meeting")},
            Facet.TOPIC: {row["code"]: _name(row["names"], language) for row in found.owner.topic_facts},
            Facet.COUNTRY: {row["country"]: _name(row["country_names"], language) for row in cities if row["country"]},
            Facet.SIZE: {size.value: str(size.label) for size in sizes},
            Facet.YEAR: {str(found.date.start.year): str(found.date.start.year)} if found.date else {},
            Facet.LANGUAGE: {found.hit.language: NATIVE_NAMES.get(found.hit.language, found.hit.language)},
            Facet.SPEAKER: speakers,
        }


def _name(names: Mapping[str, str], language: Language) -> str:
    return str(names.get(language) or names.get(DEFAULT) or "")


def passes(facts: Facts, chosen: Chosen) -> bool:
    return all(value in facts[facet] for facet, value in chosen.items())


def counted(facts: Iterable[Facts], chosen: Chosen) -> list[Choices]:
    """Of each facet its values, the most frequent first (years: the latest; sizes: the smallest). Facets that would
    part nothing are left out."""
    labels: dict[Facet, dict[str, str]] = defaultdict(dict)
    counts: dict[Facet, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total = 0
    for each in facts:
        total += 1
        for facet, values in each.items():
            for value, label in values.items():
                labels[facet][value] = label
                counts[facet][value] += 1
    result = []
    for facet in Facet:
        found = counts[facet]
        if facet not in chosen and not any(count < total for count in found.values()):
            continue
        offered = sorted(found, key=lambda value: _order(facet, value, found[value], labels[facet][value]))
        if facet in chosen and chosen[facet] not in found:
            offered.insert(0, chosen[facet])
        choices = [
            Choice(value, labels[facet].get(value, value), found.get(value, 0), chosen.get(facet) == value)
            for value in offered
        ]
        result.append(Choices(facet, choices))
    return result


def within(chosen: Chosen) -> Within:
    """The part of the index that may hold what was chosen: at least all of it, for `passes` looks again."""
    by_rows: Chosen = {facet: value for facet, value in chosen.items() if facet not in (Facet.KIND, Facet.LANGUAGE)}
    kind, language = chosen.get(Facet.KIND), known(chosen.get(Facet.LANGUAGE))
    return Within(kind=kind, language=language, sources=_sources(by_rows) if by_rows else None)


def _sources(chosen: Chosen) -> list[tuple[str, str]]:
    recordings: QuerySet[Any] = Recording.objects.all()
    meetings: QuerySet[Any] = Meeting.objects.all()
    for facet, value in chosen.items():
        if facet == Facet.TOPIC:
            recordings, meetings = recordings.filter(work__topics=value), meetings.filter(topics=value)
        elif facet == Facet.YEAR:
            recordings = recordings.filter(work__date_start__year=int(value))
            meetings = meetings.filter(date_start__year=int(value))
        elif facet == Facet.SPEAKER:
            recordings = recordings.filter(transcripts__segments__person__slug=value)
            meetings = meetings.filter(sessions__appearances__person__slug=value)
        else:
            cities = _cities(facet, value)
            recordings = recordings.filter(work__sessions__appearances__city__in=cities)
            meetings = meetings.filter(sessions__appearances__city__in=cities)
    rows = recordings.annotate(source=Value(RECORDING)).values_list("source", "pk")
    both = rows.union(meetings.annotate(source=Value(MEETING)).values_list("source", "pk"))
    return [(source, str(pk)) for source, pk in both]


def _cities(facet: Facet, value: str) -> QuerySet[City]:
    if facet == Facet.COUNTRY:
        return City.objects.filter(country=value)
    least, most = CitySize(value).bounds
    return City.objects.filter(Q(population__gte=least) & (Q(population__lt=most) if most is not None else Q()))


def _order(facet: Facet, value: str, count: int, label: str) -> tuple[Any, ...]:
    if facet == Facet.YEAR:
        return (-int(value),)
    if facet == Facet.SIZE:
        return (CitySize(value).bounds[0],)
    return (-count, fold(label))

"""What the network did, in numbers: by month, quarter or year, by country and sector. Rows are counted, and nobody is
followed: no number here is of one person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plaza.core.languages import LANGUAGES, known
from plaza.corrections.models import Correction
from plaza.directory.choices import MembershipStatus, Sector
from plaza.directory.models import City, NetworkMembership
from plaza.knowledge.models import Recording
from plaza.meetings.choices import BEEN_HELD
from plaza.meetings.models import Appearance, Meeting
from plaza.newsletters.models import Subscriber
from plaza.search.models import AskedQuestion


class Span(TextChoices):
    MONTH = "month", _("by month")
    QUARTER = "quarter", _("by quarter")
    YEAR = "year", _("by year")


TRUNC: Final[dict[str, Any]] = {Span.MONTH: TruncMonth, Span.QUARTER: TruncQuarter, Span.YEAR: TruncYear}
# How many are shown, and how many months each has.
SHOWN: Final = {Span.MONTH: (12, 1), Span.QUARTER: (8, 3), Span.YEAR: (10, 12)}


@dataclass(slots=True)
class Period:
    """From `start` until the next one begins; `hours` by the language spoken."""

    start: dt.date
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def all_hours(self) -> float:
        return round(sum(self.hours.values()), 1)


@dataclass(frozen=True, slots=True)
class Statistics:
    """`countries`: name, member cities, those of them that were heard. `sectors`: people on stage in the time shown."""

    span: Span
    periods: list[Period]
    countries: list[tuple[str, int, int]]
    sectors: list[tuple[str, int]]
    subscribers: int

    @property
    def members(self) -> int:
        return sum(members for _country, members, _heard in self.countries)

    @property
    def never_heard(self) -> int:
        return sum(members - heard for _country, members, heard in self.countries)


def statistics(span: Span, language: str, today: dt.date | None = None) -> Statistics:
    """Six queries, however much there is."""
    today = today or timezone.localdate()
    periods = {start: Period(start) for start in starts(span, today)}
    since = next(iter(periods))
    for what, start, n in _counted(span, since, today):
        if start in periods and n:
            periods[start].counts[what] = n
    for start, people, cities in _on_stage(span, since, today):
        if start in periods:
            periods[start].counts |= {"people": people, "cities": cities}
    for start, spoken, n, seconds in _recorded(span, since):
        if start in periods:
            periods[start].counts["recordings"] += n
            periods[start].hours[known(spoken) or LANGUAGES[0]] += (seconds or 0) / 3600
    return Statistics(
        span,
        list(periods.values()),
        _countries(language),
        _sectors(since, today),
        Subscriber.objects.with_consent().count(),
    )


def starts(span: Span, today: dt.date) -> list[dt.date]:
    """First days, the oldest first; the last one is the period we are in."""
    count, months = SHOWN[span]
    last = today.year * 12 + (today.month - 1) // months * months
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(last - (count - 1) * months, last + 1, months)]


def _counted(span: Span, since: dt.date, today: dt.date) -> "QuerySet[Any, Any]":
    """(what, first day, how many) of all that is counted by one day: one query."""
    asked = AskedQuestion.objects.all()
    one = Count("pk")
    # For what is counted by the moment and not by the day.
    midnight = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    rows = [
        _by(span, "meetings", _held(Meeting.objects.filter(date_start__lte=today)), "date_start", since, one),
        _by(
            span,
            "members",
            NetworkMembership.objects.filter(status__in=[MembershipStatus.MEMBER, MembershipStatus.PAUSED]),
            "since",
            since,
            one,
        ),
        _by(span, "asked", asked, "asked_on", since, Sum("times")),
        _by(span, "in_vain", asked.in_vain(), "asked_on", since, Sum("times")),
        _by(span, "subscribers", Subscriber.objects.all(), "confirmed_at", midnight, one),
        _by(span, "corrections", Correction.objects.all(), "received_at", midnight, one),
    ]
    return rows[0].union(*rows[1:], all=True)


def _by(span: Span, what: str, rows: "QuerySet[Any]", day: str, since: dt.date, counted: Any) -> "QuerySet[Any, Any]":
    named = rows.filter(Q(**{f"{day}__gte": since})).order_by()
    said = named.annotate(what=Value(what, CharField()), start=TRUNC[span](day, output_field=DateField()))
    found: QuerySet[Any, Any] = said.values_list("what", "start").annotate(n=counted)
    return found


def _held(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    return meetings.filter(status__in=BEEN_HELD)


def _stage(since: dt.date, today: dt.date) -> "QuerySet[Appearance]":
    return Appearance.objects.filter(
        session__meeting__status__in=BEEN_HELD,
        session__meeting__date_start__gte=since,
        session__meeting__date_start__lte=today,
    ).order_by()


def _on_stage(span: Span, since: dt.date, today: dt.date) -> "QuerySet[Any, Any]":
    """(first day, people, member cities)."""
    is_member = Q(city__network_membership__status=MembershipStatus.MEMBER)
    rows = _stage(since, today).annotate(start=TRUNC[span]("session__meeting__date_start", output_field=DateField()))
    return rows.values_list("start").annotate(
        people=Count("person", distinct=True), cities=Count("city", distinct=True, filter=is_member)
    )


def _recorded(span: Span, since: dt.date) -> "QuerySet[Any, Any]":
    """(first day, language, recordings, seconds) of what is published."""
    rows = Recording.objects.ready().filter(work__date_start__gte=since).order_by()
    said = rows.annotate(start=TRUNC[span]("work__date_start", output_field=DateField()))
    return said.values_list("start", "work__language").annotate(n=Count("pk"), seconds=Sum("duration"))


def _countries(language: str) -> list[tuple[str, int, int]]:
    heard = Appearance.objects.filter(city=OuterRef("pk"), session__meeting__status__in=BEEN_HELD)
    rows = (
        City.objects.members()
        .order_by()
        .annotate(is_heard=Exists(heard))
        .values_list("country__names")
        .annotate(members=Count("pk"), heard=Count("pk", filter=Q(is_heard=True)))
    )
    named = [(_called(names, language), members, heard) for names, members, heard in rows]
    return sorted(named, key=lambda row: (-row[1], row[0]))


def _called(names: Mapping[str, str] | None, language: str) -> str:
    return str((names or {}).get(language, ""))


def _sectors(since: dt.date, today: dt.date) -> list[tuple[str, int]]:
    """A city hall is of the public sector. Who stands for nobody is in none."""
    rows = _stage(since, today).annotate(
        sector=Case(
            When(organization__isnull=False, then=F("organization__sector")),
            When(city__isnull=False, then=Value(Sector.PUBLIC.value)),
            default=Value(""),
        )
    )
    counts = dict(rows.values_list("sector").annotate(n=Count("person", distinct=True)))
    return [(str(sector.label), counts.get(sector.value, 0)) for sector in Sector]

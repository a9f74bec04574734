"""Who registered, for those who run the network: chosen, counted, and as a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from plaza.core.folding import fold
from plaza.core.languages import NATIVE_NAMES
from plaza.core.plain import row_number
from plaza.directory.choices import Sector
from plaza.directory.models import City
from plaza.meetings.models import Meeting
from plaza.registration.choices import ConsentPurpose, RegistrationState
from plaza.registration.domain.answers import said
from plaza.registration.models import Registration, RegistrationDesk, RegistrationQuerySet

AT_ONCE: Final = 500
NOT_IN_LIST: Final = "none"


@dataclass(frozen=True, slots=True)
class Counts:
    """All numbers of the list in one query."""

    by_state: Sequence[tuple[RegistrationState, int]]
    by_sector: Sequence[tuple[Sector, int]]
    coming: int
    cities: int
    checked_in: int
    unproved: int


def chosen(rows: RegistrationQuerySet, asked: Mapping[str, str]) -> RegistrationQuerySet:
    """By state, sector, city (its key) and words of the name or the address. What is none of these asks nothing."""
    if asked.get("state") in RegistrationState.values:
        rows = rows.filter(state=asked["state"])
    if asked.get("sector") in Sector.values:
        rows = rows.filter(sector=asked["sector"])
    if asked.get("city") == NOT_IN_LIST:
        rows = rows.filter(city__isnull=True)
    elif city := row_number(asked.get("city")):
        rows = rows.filter(city=city)
    if words := fold(asked.get("words", "")[:100]):
        rows = rows.filter(Q(name_sort__contains=words) | Q(email__contains=words))
    return rows


def counts_of(meeting: Meeting) -> Counts:
    """Of all by state, of those who are coming by sector; what nobody is in, is left out. One query."""
    coming = Q(state=RegistrationState.CONFIRMED)
    states = {f"is_{state.name}": Count("pk", filter=Q(state=state)) for state in RegistrationState}
    sectors = {f"of_{sector.name}": Count("pk", filter=coming & Q(sector=sector)) for sector in Sector}
    found = Registration.objects.filter(meeting=meeting).aggregate(
        **states,
        **sectors,
        cities=Count("city", filter=coming, distinct=True),
        checked_in=Count("pk", filter=Q(checked_in_at__isnull=False)),
        unproved=Count("pk", filter=coming & Q(address_confirmed_at__isnull=True)),
    )
    return Counts(
        [(state, found[f"is_{state.name}"]) for state in RegistrationState if found[f"is_{state.name}"]],
        [(sector, found[f"of_{sector.name}"]) for sector in Sector if found[f"of_{sector.name}"]],
        found[f"is_{RegistrationState.CONFIRMED.name}"],
        found["cities"],
        found["checked_in"],
        found["unproved"],
    )


def cities_of(meeting: Meeting) -> list[tuple[int, str, int]]:
    """The cities that people registered from: key, name, how many."""
    rows = Registration.objects.filter(meeting=meeting, city__isnull=False).order_by().values("city")

    numbers = dict(rows.annotate(n=Count("pk")).values_list("city", "n"))
    cities = City.objects.filter(pk__in=numbers).select_related("country").order_by("name_sort", "pk")
    return [(city.pk, city.full_name, numbers[city.pk]) for city in cities]


def ahead_of(registration: Registration) -> int:
    """How many wait before her."""
    waiting = Registration.objects.filter(meeting=registration.meeting_id, state=RegistrationState.WAITLISTED)
    return waiting.filter(number__lt=registration.number).count()


def sheet(desk: RegistrationDesk, rows: RegistrationQuerySet, language: str) -> Iterator[list[str]]:
    """The head, then a row for each; in the reader's language."""
    questions = list(desk.questions.prefetch_related("translations")) if desk.pk else []
    yield [
        *(_("Number"), _("Name"), _("E-mail address"), _("State"), _("City"), _("Country"), _("Sector"), _("Language")),
        *(_("Accessibility needs"), _("Registered at"), _("Address confirmed"), _("Checked in")),
        *(str(purpose.label) for purpose in ConsentPurpose),
        *(question.words("label", language).text for question in questions),
    ]
    whole = rows.select_related("city__country").prefetch_related("answers", "consents").order_by("number")
    for row in whole.iterator(chunk_size=AT_ONCE):
        answers = {answer.question_id: answer for answer in row.answers.all()}
        agreed = {consent.purpose for consent in row.consents.all() if consent.withdrawn_at is None}
        for question in questions:
            if question.pk in answers:
                answers[question.pk].question = question
        yield [
            *(str(row.number), row.name, row.email, str(RegistrationState(row.state).label)),
            *(row.city.called if row.city else row.city_words, _country(row)),
            *(str(Sector(row.sector).label) if row.sector else "", NATIVE_NAMES.get(row.language, row.language)),
            *(row.accessibility, f"{row.registered_at:%Y-%m-%d %H:%M} UTC"),
            *(_("yes") if row.address_confirmed_at else _("no"),),
            f"{row.checked_in_at:%Y-%m-%d %H:%M} UTC" if row.checked_in_at else "",
            *(_("yes") if purpose in agreed else _("no") for purpose in ConsentPurpose),
            *(said(answers[question.pk], language) if question.pk in answers else "" for question in questions),
        ]


def _country(row: Registration) -> str:
    return row.city.country.called if row.city and row.city.country else ""

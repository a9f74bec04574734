"""What a city says of itself, and what is missing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import DEFAULT, LANGUAGES, NATIVE_NAMES
from plaza.core.models import Origin
from plaza.core.records import Named, changed
from plaza.core.translations import translate
from plaza.directory.domain.places import correct_city
from plaza.directory.models import City, CityProfile, FocalPoint, Membership
from plaza.directory.models.terms import on_day

FIELDS: Final = ("website", "contact", "contact_visible_to", "works_in")


@transaction.atomic
def fill_in(
    *, city: City, about: Mapping[str, str], population: int | None, by: User | None, **values: Any
) -> CityProfile:
    """`about` by language; the words in the language that stands, or the first one filled, are the city's own, the
    others translations by a person. A number of inhabitants that is sent counts as confirmed today."""
    row = CityProfile.objects.select_for_update().filter(city=city).first() or CityProfile(city=city, language=DEFAULT)
    fields = changed(row, values, FIELDS)
    own = row.language if about.get(row.language) else next((each for each in LANGUAGES if about.get(each)), DEFAULT)
    standing = texts_of(row)
    if {language: text for language, text in about.items() if text} != standing:
        row.language, row.about = own, about.get(own, "")
        fields.append("about")
    today = timezone.localdate()
    if population is not None and (population != city.population or row.population_confirmed_on is None):
        row.population_confirmed_on = today
        fields.append("population")
        if population != city.population:
            correct_city(city=city, population=population, by=by)
    if not fields and row.pk:
        return row
    row.save()
    if "about" in fields:
        row.translations.exclude(language__in=[each for each in LANGUAGES if about.get(each) and each != own]).delete()
        for language, text in about.items():
            if text and language != own and text != standing.get(language):
                translate(subject=row, field="about", language=language, text=text, origin=Origin.HUMAN, by=by)
    history.record(verb="city filled in", by=by, subject=city, fields=fields)
    return row


def texts_of(profile: CityProfile | None) -> dict[str, str]:
    """What it says of itself, by language; nothing where it says nothing."""
    if profile is None or profile.pk is None:
        return {}
    texts = {row.language: row.text for row in profile.translations.all() if row.field == "about"}
    if profile.about:
        texts[profile.language] = profile.about
    return {language: text for language, text in texts.items() if text}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a city fills in; `field` is where its desk mends it, and empty where the secretariat does."""

    label: str | Promise | Named
    is_there: bool
    field: str


def for_completeness(rows: "QuerySet[City]") -> "QuerySet[City]":
    """With all that `items` asks, in a number of queries that does not grow with the cities."""
    today = timezone.localdate()
    focal_points = (
        FocalPoint.objects.on(today).filter(is_main=True).select_related("person__user", "person__known_address")
    )
    mayors = Membership.objects.filter(on_day(today), post__is_mayor=True).select_related("person", "post")
    return rows.select_related("country", "network_membership", "profile").prefetch_related(
        "profile__translations",
        Prefetch("focal_points", focal_points, to_attr="mains"),
        Prefetch("posts__memberships", mayors, to_attr="mayors"),
    )


def items(city: City) -> list[Item]:
    """Of a city that came by `for_completeness`."""
    profile = getattr(city, "profile", None)
    main = next(iter(city.mains), None)  # type: ignore[attr-defined]  # set by for_completeness
    person = main.person if main else None
    has_address = person is not None and (person.user is not None or hasattr(person, "known_address"))
    mayors = [row for post in city.posts.all() for row in post.mayors]  # type: ignore[attr-defined]
    texts = texts_of(profile)
    return [
        Item(
            _("The number of inhabitants is confirmed"), bool(profile and profile.population_confirmed_on), "population"
        ),
        Item(_("There is a focal point"), person is not None, ""),
        Item(_("The focal point can be written to"), has_address, ""),
        Item(_("The mayor is known"), bool(mayors), ""),
        Item(_("The website of the city hall"), bool(profile and profile.website), "website"),
        Item(_("An address to write to"), bool(profile and profile.contact), "contact"),
        Item(_("In which languages one may write"), bool(profile and profile.works_in), "works_in"),
        *(Item(Named(_("About the city"), NATIVE_NAMES[each]), each in texts, f"about_{each}") for each in LANGUAGES),
    ]


def missing(city: City) -> int:
    return sum(not item.is_there for item in items(city))


def with_missing(cities: Iterable[City]) -> list[tuple[City, int]]:
    return [(city, missing(city)) for city in cities]

"""Values of indicators come in, are corrected, are withdrawn. Nothing is ever taken for a city's figure without its year
and source."""

from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.records import changed
from plaza.directory.models import City
from plaza.indicators.choices import Unit
from plaza.indicators.domain.figures import figure
from plaza.indicators.models import Indicator, IndicatorValue

FIRST_YEAR: Final = 1800
_of_the_web: Final = URLValidator(schemes=["http", "https"])


@transaction.atomic
def measure(
    *,
    city: City,
    indicator: Indicator,
    year: int,
    value: str,
    source: str,
    by: User | None,
    link: str = "",
    **rest: Any,
) -> IndicatorValue:
    """Keeps what a source says of a city in a year. `rest`: licence, note, is_withdrawn. Raises ValidationError."""
    _check(city, year, link)
    number, category = read_value(indicator, value)
    row = IndicatorValue.objects.create(
        city=city, indicator=indicator, year=year, number=number, category=category, source=source, link=link, **rest
    )
    history.record(verb="measured", by=by, subject=row)
    return row


@transaction.atomic
def correct_value(*, standing: IndicatorValue, by: User | None, **values: Any) -> list[str]:
    """Another figure, year, source or link; or it is withdrawn, and nobody but the secretariat sees it any more."""
    row = IndicatorValue.objects.select_for_update(of=("self",)).select_related("city", "indicator").get(pk=standing.pk)
    _check(row.city, values.get("year", row.year), values.get("link", row.link))
    written = []
    if "value" in values:
        number, category = read_value(row.indicator, values["value"])
        written = changed(row, {"number": number, "category": category}, ("number", "category"))
    fields = changed(row, values, ("year", "source", "link", "licence", "note", "is_withdrawn"))
    if written or fields:
        row.save(update_fields=[*written, *fields])
        verb = "withdrawn" if fields == ["is_withdrawn"] and row.is_withdrawn and not written else "corrected"
        history.record(verb=verb, by=by, subject=row, fields=[*(["value"] if written else []), *fields])
    return [*(["value"] if written else []), *fields]


def read_value(indicator: Indicator, text: str) -> tuple[Decimal | None, str]:
    """The number, or the category, that a text means for an indicator. Raises ValidationError."""
    if indicator.unit != Unit.CATEGORY:
        return figure(text, Unit(indicator.unit)), ""
    wanted = fold(text)
    found = next((code for code in indicator.categories if fold(code) == wanted), "")
    if not found:
        raise ValidationError(
            _("“%(value)s” is not one of: %(choices)s."),
            params={"value": text[:40], "choices": ", ".join(indicator.categories)},
        )
    return None, found


def is_of_the_web(link: str) -> bool:
    try:
        _of_the_web(link)
    except ValidationError:
        return False
    return True


def _check(city: City, year: int, link: str) -> None:
    if year < FIRST_YEAR:
        raise ValidationError(_("%(year)s is no year of which there are figures."), params={"year": year})
    if year > timezone.localdate().year:
        raise ValidationError(
            _("The year %(year)s has not begun: nothing can have been measured."), params={"year": year}
        )
    if link and not is_of_the_web(link):
        raise ValidationError(_("The link must be an address that begins with https:// or http://."))
    if not link and not city.is_fictional:
        raise ValidationError(_("A figure of a real city needs the link where its source can be read."))

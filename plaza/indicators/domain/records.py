"""Indicators and their values as records that are kept by hand and by sheet."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.plain import row_number
from plaza.core.record_fields import Choice, Number, Words, YesOrNo
from plaza.core.records import Column, Named, RecordKind, Values
from plaza.directory.domain.finding import city_field
from plaza.indicators.choices import Better, Unit
from plaza.indicators.domain.catalogue import correct_indicator, define, indicator_field
from plaza.indicators.domain.measuring import correct_value, measure
from plaza.indicators.models import AFTER_THE_POINT, Indicator, IndicatorValue
from plaza.topics.domain.goals import kept_goals, spoken_goals

OWN_UNITS: Final = [(unit.value, unit.label) for unit in Unit if unit != Unit.CATEGORY]


class Framework(Words):
    """Each reads and writes a goal as her language calls it: `ODS 11.7.1`."""

    def to_python(self, value: Any) -> str:
        return kept_goals(super().to_python(value))

    def prepare_value(self, value: Any) -> Any:
        return spoken_goals(value) if isinstance(value, str) else value

    def shown(self, value: Any) -> str:
        return spoken_goals(super().shown(value))


def _indicators(user: Asker) -> "QuerySet[Indicator]":
    return Indicator.objects.all() if is_staff(user) else Indicator.objects.none()


def _values(user: Asker) -> "QuerySet[IndicatorValue]":
    rows = IndicatorValue.objects.visible_to(user).select_related("city__country", "indicator")
    return rows.order_by("city__name_sort", "indicator__position", "-year", "pk") if is_staff(user) else rows.none()


def _names(values: Values) -> dict[str, str]:
    return {language: values[f"name_{language}"] for language in LANGUAGES if f"name_{language}" in values}


def _rest(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith("name_") and name != "code"}


def _define(values: Values, by: User | None) -> Indicator:
    if not values.get("unit"):
        raise ValidationError(_("A new indicator needs its unit."))
    rest = {name: value for name, value in _rest(values).items() if value not in ("", None)}
    return define(code=values["code"], names=_names(values), by=by, **rest)


def _correct_indicator(row: Indicator, values: Values, by: User | None) -> list[str]:
    if values.get("unit") == "" or ("unit" in values and values["unit"] is None):
        raise ValidationError(_("An indicator needs its unit."))
    return correct_indicator(indicator=row, names=_names(values), by=by, **_rest(values))


def _name_in(language: str) -> Callable[[Indicator], str]:
    return lambda row: str(row.names.get(language, ""))


def _measure(values: Values, by: User | None) -> IndicatorValue:
    return measure(by=by, **{name: value for name, value in values.items() if value is not None})


def _alike(values: Values) -> list[IndicatorValue]:
    """The same source's word on the same year is the same value."""
    named = {name: values[name] for name in ("city", "indicator", "year", "source")}
    return list(IndicatorValue.objects.select_related("city__country", "indicator").filter(**named))


def _find_value(text: str) -> IndicatorValue | None:
    rows = IndicatorValue.objects.select_related("city__country", "indicator")
    return rows.filter(pk=row_number(text)).first()


INDICATORS: Final = RecordKind(
    name="indicators",
    label=gettext_lazy("Indicators"),
    one=gettext_lazy("Indicator"),
    visible_to=_indicators,
    columns=(
        Column(
            "code", gettext_lazy("Code of the indicator"),
            lambda: Words(
                max_length=40,
                validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", _("Small letters, numbers, points and hyphens only."))],
            ),
            lambda row: row.code, called=("código del indicador", "código do indicador", "code de l’indicateur"),
            is_required=True, is_listed=True, is_fixed=True,
        ),
        *(
            Column(
                f"name_{language}", Named(gettext_lazy("Name"), NATIVE_NAMES[language]), lambda: Words(max_length=200),
                _name_in(language), called=tuple(f"{word} {language}" for word in ("nombre", "nome", "name", "nom")),
                is_required=language == "es", is_listed=language == "es",
            )
            for language in LANGUAGES
        ),
        Column(
            "unit", gettext_lazy("Unit"), lambda: Choice(choices=[*OWN_UNITS, (Unit.CATEGORY.value, Unit.CATEGORY.label)]),
            lambda row: row.unit, called=("unidad", "unidade", "unit", "unité"), is_listed=True,
        ),
        Column(
            "framework", gettext_lazy("Framework"), lambda: Framework(max_length=60), lambda row: row.framework,
            called=("marco", "framework", "cadre"), is_listed=True,
        ),
        Column(
            "decimals", gettext_lazy("Decimals shown"), lambda: Number(max_value=AFTER_THE_POINT),
            lambda row: row.decimals, called=("decimales", "decimais", "decimals", "décimales"),
        ),
        Column(
            "better", gettext_lazy("Which way is better"), lambda: Choice(choices=Better.choices),
            lambda row: row.better, called=("mejor", "melhor", "better", "mieux"),
        ),
    ),
    identify=lambda row: str(row.code),
    find=lambda code: Indicator.objects.filter(code=code).first(),
    alike=lambda values: list(Indicator.objects.filter(code=values["code"])),
    key=("code",),
    make=_define,
    change=_correct_indicator,
    containing=lambda rows, words: rows.filter(Q(code__icontains=words) | Q(framework__icontains=kept_goals(words))
                                               | Q(names__es__icontains=words) | Q(names__en__icontains=words)),
)  # fmt: skip

VALUES: Final = RecordKind(
    name="indicator-values",
    label=gettext_lazy("Values of indicators"),
    one=gettext_lazy("Value of an indicator"),
    visible_to=_values,
    columns=(
        Column(
            "city", gettext_lazy("City"), city_field, lambda row: row.city,
            called=("ciudad", "municipio", "cidade", "município", "city", "ville"),
            is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "indicator", gettext_lazy("Indicator"), indicator_field, lambda row: row.indicator,
            called=("indicador", "indicator", "indicateur", "ods", "sdg", "odd"),
            is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "year", gettext_lazy("Year"), lambda: Number(max_value=9999), lambda row: row.year,
            called=("año", "ano", "year", "année"), is_required=True, is_listed=True,
        ),
        Column(
            "value", gettext_lazy("Value"), lambda: Words(max_length=60), lambda row: row.written,
            called=("valor", "value", "valeur", "dato", "cifra"), is_required=True, is_listed=True,
        ),
        Column(
            "source", gettext_lazy("Source"), lambda: Words(max_length=200), lambda row: row.source,
            called=("fuente", "fonte", "source"), is_required=True, is_listed=True, is_bulk=True,
        ),
        Column(
            "link", gettext_lazy("Link to the source"),
            lambda: Words(
                max_length=500,
                validators=[
                    URLValidator(
                        schemes=["http", "https"],
                        message=_("The link must be an address that begins with https:// or http://."),
                    )
                ],
            ),
            lambda row: row.link, called=("enlace", "vínculo", "url", "link", "lien", "ligação"), is_bulk=True,
        ),
        Column(
            "licence", gettext_lazy("Licence"), lambda: Words(max_length=80), lambda row: row.licence,
            called=("licencia", "licença", "licence", "license"), is_bulk=True,
        ),
        Column(
            "note", gettext_lazy("Note"), lambda: Words(max_length=300), lambda row: row.note,
            called=("nota", "observación", "observação", "note", "remarque"), is_bulk=True,
        ),
        Column(
            "is_withdrawn", gettext_lazy("Withdrawn"), YesOrNo, lambda row: row.is_withdrawn,
            called=("retirado", "withdrawn", "retiré"), is_bulk=True,
        ),
    ),
    identify=lambda row: str(row.pk),
    find=_find_value,
    alike=_alike,
    key=("city", "indicator", "year", "source"),
    make=_measure,
    change=lambda row, values, by: correct_value(standing=row, by=by, **values),
    containing=lambda rows, words: rows.filter(
        Q(city__search_names__contains=fold(words)) | Q(source__icontains=words) | Q(indicator__code__icontains=words)
    ),
    address=lambda row: row.get_absolute_url(),
)  # fmt: skip

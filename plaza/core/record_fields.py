"""Form fields that read what people type or keep in sheets, and show it again the same way.

Each has `shown(value)`, whose text it reads back to the same value.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from plaza.core.dates import ImpreciseDate, Precision, YearSource
from plaza.core.folding import fold
from plaza.core.languages import LANGUAGES

APART: Final = "; "
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$")
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})$")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_IN_WORDS: Final = re.compile(r"(?:(\d{1,2})[º°.]?(?:er)? (?:de )?)?([a-z]+)\.? (?:(?:de|del) )?(\d{4})$")
_IN_BRACKETS: Final = re.compile(r" \(([-\w]+)\)$")
_YES: Final = ("yes", "si", "sim", "oui", "true", "verdadero", "verdadeiro", "vrai", "1", "x")
_NO: Final = ("no", "nao", "non", "false", "falso", "faux", "0", "")


class Kept(Protocol):
    """A form field whose values can be shown."""

    required: bool

    def clean(self, value: Any) -> Any: ...

    def shown(self, value: Any) -> str: ...


def _or(options: dict[str, Any], usual: dict[str, Any]) -> Any:
    """What was asked for, else as usual."""
    return usual | options


class Words(forms.CharField):
    """Text; a missing one is empty. One line, unless the widget has more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_or(options, {"required": False, "empty_value": ""}))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        several = isinstance(self.widget, forms.Textarea)
        return text.replace("\r\n", "\n") if several else " ".join(text.split())

    def shown(self, value: Any) -> str:
        return str(value or "")


class Address(forms.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**_or(options, {"required": False, "assume_scheme": "https", "empty_value": ""}))

    def shown(self, value: Any) -> str:
        return str(value or "")


class Number(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**_or(options, {"required": False, "min_value": 0, "max_value": 2**31 - 1}))

    def shown(self, value: Any) -> str:
        return "" if value is None else str(value)


class Choice(forms.ChoiceField):
    """A code, or its label in any of the four languages."""

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=choices, **_or(options, {"required": False}))

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).strip()
        if text in [code for code, _label in self._pairs()]:
            return text
        folded = fold(text)
        for language in LANGUAGES:
            with override(language):
                for code, label in self._pairs():
                    if fold(label) == folded:
                        return code
        return text

    def _pairs(self) -> list[tuple[str, str]]:
        choices: Any = self.choices
        return [(str(code), str(label)) for code, label in choices]

    def validate(self, value: Any) -> None:
        if value in self.empty_values and not self.required:
            return
        if value in self.empty_values:
            raise ValidationError(self.error_messages["required"], code="required")
        if value not in [code for code, _label in self._pairs()]:
            raise ValidationError(
                _("“%(value)s” is not one of: %(choices)s."),
                params={"value": value, "choices": ", ".join(label for code, label in self._pairs() if code)},
            )

    def shown(self, value: Any) -> str:
        return next((label for code, label in self._pairs() if code == str(value)), "") if value else ""


class YesOrNo(Choice):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=self._answers, **options)

    @staticmethod
    def _answers() -> list[tuple[str, str]]:
        return [("no", _("no")), ("yes", _("yes"))]

    def to_python(self, value: Any) -> str:
        if value in (True, False, None):
            return "yes" if value else "no"
        word = fold(str(value))
        return "yes" if word in _YES else "no" if word in _NO else super().to_python(value)

    def clean(self, value: Any) -> Any:
        return super().clean(value) == "yes"

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def shown(self, value: Any) -> str:
        return super().shown("yes" if value else "no")


class Day(forms.Field):
    """A day as people write it: 2026-03-12, 12/03/2026, 12 de marzo de 2026."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    hint: Any = gettext_lazy("As in 2026-03-12 or 12/03/2026.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**_or(options, {"required": False, "help_text": self.hint}))

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        date = stated_date(str(value))
        if date.precision != Precision.DAY or date.start != date.end:
            raise ValidationError(_("“%(value)s” is not one day: write it as in 2026-03-12."), params={"value": value})
        return date.start

    def prepare_value(self, value: Any) -> Any:
        return self.shown(value) if isinstance(value, dt.date) else value

    def shown(self, value: Any) -> str:
        return value.isoformat() if value else ""


class When(Day):
    """A day, some days, a month, a quarter or a year: 2026-03-12, 2026-03-12/2026-03-14, 2026-03, 2026. A question mark
    behind it: the year was inferred."""

    hint = gettext_lazy("2026-03-12, 2026-03 or 2026; from one day to another: 2026-03-12/2026-03-14.")

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, ImpreciseDate):
            return value or None
        return stated_date(str(value))

    def prepare_value(self, value: Any) -> Any:
        return self.shown(value) if isinstance(value, ImpreciseDate) else value

    def shown(self, value: Any) -> str:
        if value is None:
            return ""
        first, last = str(value.start), str(value.end)
        if value.precision == Precision.YEAR:
            text: str = first[:4]
        elif value.precision == Precision.MONTH:
            text = first[:7]
        elif value.precision == Precision.SEASON:
            text = f"{first[:7]}/{last[:7]}"
        else:
            text = first if first == last else f"{first}/{last}"
        return text + ("?" if value.year == YearSource.INFERRED else "")


class Pointer(forms.CharField):
    """Another record by the words people use for it: `Quito, Ecuador`, a person's name."""

    def __init__(self, *, find: Callable[[str], Any], show: Callable[[Any], str], **options: Any) -> None:
        self._find, self._show = find, show
        super().__init__(**_or(options, {"required": False}))

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = super().to_python(value)
        return self._find(text) if text else None

    def run_validators(self, value: Any) -> None:
        """What was found is no text."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else self.shown(value)

    def shown(self, value: Any) -> str:
        return self._show(value) if value else ""


class Pointers(Pointer):
    """Several other records, semicolons between them, in no order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**_or(options, {"help_text": gettext_lazy("Several with semicolons between them.")}))

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return in_order(value or ())
        return in_order(self._find(part.strip()) for part in value.split(";") if part.strip())

    def shown(self, value: Any) -> str:
        return APART.join(self._show(each) for each in value or ())


def the_one(
    text: str,
    *,
    by_slug: Callable[[str], Any | None],
    by_name: Callable[[str], Iterable[Any]],
    slug_of: Callable[[Any], str] = lambda record: str(record.slug),
) -> Any:
    """The record that a text names: by its slug, by a name with the slug in brackets, or by a name that only one has.
    Raises ValidationError where there is none, or several."""
    slug = match[1] if (match := _IN_BRACKETS.search(text)) else text
    if re.fullmatch(r"[-\w.]+", slug) and (found := by_slug(slug)) is not None:
        return found
    rows = list(by_name(text))
    if not rows:
        raise ValidationError(_("“%(value)s” is not known here."), params={"value": text[:100]})
    if len(rows) > 1:
        raise ValidationError(
            _("Several are called “%(value)s”. Write which one: %(ids)s."),
            params={"value": text[:100], "ids": ", ".join(slug_of(row) for row in rows[:5])},
        )
    return rows[0]


def in_order(records: Iterable[Any]) -> tuple[Any, ...]:
    """Each once, in the order of their keys, so that two lots can be compared."""
    return tuple(sorted(set(records), key=lambda record: record.pk))


def stated_date(text: str) -> ImpreciseDate:
    """The date that a person wrote. Raises ValidationError where there is none, or one that no calendar has."""
    words = " ".join(text.split())
    source = YearSource.INFERRED if words.endswith("?") else YearSource.STATED
    first, slash, last = (
        words.rstrip("? ").partition("/") if re.match(r"\d{4}-", words) else (words.rstrip("? "), "", "")
    )
    try:
        start = _one(first.strip())
        if not slash:
            return ImpreciseDate(start.start, start.end, start.precision, source)
        end = _one(last.strip())
        is_months = start.precision == end.precision == Precision.MONTH
        return ImpreciseDate(start.start, end.end, Precision.SEASON if is_months else Precision.DAY, source)
    except ValueError as error:
        raise ValidationError(
            _("“%(value)s” is no date: write it as in 2026-03-12, 12/03/2026, 2026-03 or 2026."),
            params={"value": text[:60]},
        ) from error


def _one(text: str) -> ImpreciseDate:
    if re.fullmatch(r"\d{4}", text):
        return ImpreciseDate.of_year(int(text))
    if match := _ISO.match(text):
        return ImpreciseDate.of_day(dt.date(int(match[1]), int(match[2]), int(match[3])))
    if match := _DAY_FIRST.match(text):
        return ImpreciseDate.of_day(dt.date(int(match[3]), int(match[2]), int(match[1])))
    if match := _ISO_MONTH.match(text):
        return _month(int(match[1]), int(match[2]))
    if (match := _IN_WORDS.match(fold(text))) and (month := _months().get(match[2])):
        if match[1]:
            return ImpreciseDate.of_day(dt.date(int(match[3]), month, int(match[1])))
        return _month(int(match[3]), month)
    raise ValueError(text)


def _month(year: int, month: int) -> ImpreciseDate:
    calendar.monthrange(year, month)  # raises ValueError for the thirteenth
    return ImpreciseDate.of_month(year, month)


@cache
def _months() -> dict[str, int]:
    """The months by their names in the four languages."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        with override(language):
            names |= {fold(str(name)): number for number, name in MONTHS.items()}
    return names

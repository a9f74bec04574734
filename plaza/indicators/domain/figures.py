"""Numbers as people write them: with a comma or a point, with the thousands apart or not."""

import re
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plaza.indicators.choices import BOUNDS, Unit
from plaza.indicators.models import AFTER_THE_POINT, DIGITS

LONGEST: Final = 40
_SHAPE: Final = re.compile(r"[+-]?\d[\d.,]*$")
# 1.234.567 and 1,234,567, with decimals after the other mark.
_GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$")
_PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_EITHER: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}$")


def figure(text: str, unit: Unit) -> Decimal:
    """The number that a text means in a unit. Raises ValidationError, with what to write instead."""
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    if unit == Unit.PERCENT:
        bare = bare.removesuffix("%")
    if len(bare) > LONGEST or not bare.isascii() or not _SHAPE.match(bare):
        raise ValidationError(_("“%(value)s” is no number: write it as in 1234.5 or 1234,5."), params=_short(text))
    readings = _readings(bare)
    fitting = [number for number in readings if _fits(number, unit)]
    if not readings:
        raise ValidationError(_("“%(value)s” is no number: write it as in 1234.5 or 1234,5."), params=_short(text))
    if not fitting:
        raise ValidationError(_not_in_bounds(unit), params=_short(text))
    if len(fitting) > 1:
        raise ValidationError(
            _("“%(value)s” can be read in two ways. Write %(one)s or %(other)s."),
            params=_short(text) | {"one": f"{fitting[0]:f}", "other": f"{fitting[1]:f}0"},
        )
    number = fitting[0]
    if abs(number) >= Decimal(10) ** (DIGITS - AFTER_THE_POINT):
        raise ValidationError(_("“%(value)s” is too large a number to be kept here."), params=_short(text))
    return round(number, AFTER_THE_POINT)


def _readings(bare: str) -> list[Decimal]:
    """One, or two where a mark may part the thousands or the decimals: 1.234."""
    if _EITHER.match(bare):
        whole = Decimal(re.sub("[.,]", "", bare))
        return [whole, whole / 1000]
    if match := _GROUPED.match(bare):
        return [Decimal(bare.replace(match[1], "").replace(",", "."))]
    return [Decimal(bare.replace(",", "."))] if _PLAIN.match(bare) else []


def _fits(number: Decimal, unit: Unit) -> bool:
    least, most = BOUNDS.get(unit, (None, None))
    return (least is None or number >= least) and (most is None or number <= most)


def _not_in_bounds(unit: Unit) -> str:
    if unit == Unit.PERCENT:
        return _("“%(value)s” is no percent: a percent lies between 0 and 100.")
    if BOUNDS[unit][1] is None:
        return _("“%(value)s” cannot be: this indicator has no numbers below zero.")
    return _("“%(value)s” cannot be in this unit: it is below zero, or far too large.")


def _short(text: str) -> dict[str, str]:
    return {"value": text[:40]}

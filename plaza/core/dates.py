"""Dates as people state them: a day, a month, a season, a year; and whether the year was said."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    SEASON = "season", _("season")
    YEAR = "year", _("year")


class YearSource(models.TextChoices):
    """Whether the source states the year, or a reader inferred it from what stands around it."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")


SEASONS = {
    1: pgettext_lazy("season", "early %(year)s"),
    4: pgettext_lazy("season", "April to June %(year)s"),
    7: pgettext_lazy("season", "July to September %(year)s"),
    10: pgettext_lazy("season", "end of %(year)s"),
}


def with_weekday(day: dt.date) -> str:
    """`Miércoles, 13 de enero de 2027`."""
    said = {"weekday": formats.date_format(day, "l"), "date": formats.date_format(day)}
    return capfirst(pgettext("a day of the week, and its date", "%(weekday)s, %(date)s") % said)


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """From the first to the last day it may mean, both included."""

    start: dt.date
    end: dt.date
    precision: Precision = Precision.DAY
    year: YearSource = YearSource.STATED

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a date ends before it starts")

    @classmethod
    def of_day(cls, day: dt.date) -> "ImpreciseDate":
        return cls(day, day)

    @classmethod
    def of_month(cls, year: int, month: int, source: YearSource = YearSource.STATED) -> "ImpreciseDate":
        last = calendar.monthrange(year, month)[1]
        return cls(dt.date(year, month, 1), dt.date(year, month, last), Precision.MONTH, source)

    @classmethod
    def of_year(cls, year: int, source: YearSource = YearSource.STATED) -> "ImpreciseDate":
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR, source)

    def __str__(self) -> str:
        """In the active language: `12 de marzo de 2026`, `septiembre de 2019`, `2017`."""
        if self.precision == Precision.YEAR:
            return str(self.start.year)
        if self.precision == Precision.SEASON:
            quarter = (self.start.month - 1) // 3 * 3 + 1
            return str(SEASONS[quarter] % {"year": self.start.year})
        if self.precision == Precision.MONTH:
            return formats.date_format(self.start, "YEAR_MONTH_FORMAT")
        if (self.start.year, self.start.month) == (self.end.year, self.end.month) and self.end != self.start:
            days = {"first": self.start.day, "last": self.end.day, "year": self.start.year}
            return str(
                _("%(month)s %(first)s to %(last)s, %(year)s") % {**days, "month": formats.date_format(self.start, "F")}
            )
        if self.end != self.start:
            return str(
                _("%(start)s to %(end)s")
                % {
                    "start": formats.date_format(self.start, "DATE_FORMAT"),
                    "end": formats.date_format(self.end, "DATE_FORMAT"),
                }
            )
        return formats.date_format(self.start, "DATE_FORMAT")


# Where a `Dated` record keeps its date.
COLUMNS: Final = ("date_start", "date_end", "date_precision", "date_year")


def columns_of(fields: Iterable[str]) -> list[str]:
    """What `update_fields` calls the named fields of a `Dated` record: its date is kept in four columns."""
    return [column for name in fields for column in (COLUMNS if name == "date" else (name,))]


class Dated(models.Model):
    """A record that happened at an imprecise date, or at none that is known."""

    date_start = models.DateField(null=True, blank=True)
    date_end = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=6, choices=Precision.choices, default=Precision.DAY)
    date_year = models.CharField(max_length=8, choices=YearSource.choices, default=YearSource.STATED)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(date_start__isnull=True, date_end__isnull=True)
                | models.Q(date_end__gte=models.F("date_start")),
                name="%(app_label)s_%(class)s_date_in_order",
            ),
        )

    @property
    def date(self) -> ImpreciseDate | None:
        if self.date_start is None or self.date_end is None:
            return None
        return ImpreciseDate(self.date_start, self.date_end, Precision(self.date_precision), YearSource(self.date_year))

    @date.setter
    def date(self, value: ImpreciseDate | None) -> None:
        self.date_start = value.start if value else None
        self.date_end = value.end if value else None
        self.date_precision = value.precision if value else Precision.DAY
        self.date_year = value.year if value else YearSource.STATED

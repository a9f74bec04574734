"""Indicators, and their values for cities."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import formats

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import DEFAULT
from plaza.core.names import Named
from plaza.core.translations import reader_language
from plaza.directory.models import City
from plaza.indicators.choices import SIGNS, Better, Unit
from plaza.topics.domain.goals import spoken_goals

DIGITS = 20
AFTER_THE_POINT = 6


class Indicator(Named):
    """`sdg-11.7.1`. `descriptions` say what is measured, in four languages, as its framework puts it."""

    code = models.CharField(max_length=40, unique=True)
    descriptions = models.JSONField(default=dict, blank=True)
    unit = models.CharField(max_length=13, choices=Unit.choices)
    framework = models.CharField(max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    better = models.CharField(max_length=6, choices=Better.choices, default=Better.NEITHER, blank=True)
    # Of a category: {"Cfb": {"es": …}}, the words it may be.
    categories = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.CheckConstraint(condition=Q(decimals__lte=AFTER_THE_POINT), name="decimals_that_are_kept"),
        )

    @property
    def is_category(self) -> bool:
        return self.unit == Unit.CATEGORY

    @property
    def sign(self) -> str:
        return str(SIGNS.get(Unit(self.unit), ""))

    @property
    def framed(self) -> str:
        """Its framework, in the language being spoken: `ODS 11.7.1`."""
        return spoken_goals(self.framework)

    @property
    def described(self) -> str:
        """What is measured, in the language being spoken."""
        return str(self.descriptions.get(reader_language()) or self.descriptions.get(DEFAULT) or "")


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def visible_to(self, user: Asker) -> "IndicatorValueQuerySet":
        """The one gate of values: what was withdrawn is for those who run the network."""
        return self if is_staff(user) else self.filter(is_withdrawn=False)


class IndicatorValue(models.Model):
    """What one source says of one city in one year: a number in the indicator's unit, or one of its categories."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="indicator_values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    year = models.PositiveSmallIntegerField()
    number = models.DecimalField(max_digits=DIGITS, decimal_places=AFTER_THE_POINT, null=True, blank=True)
    category = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=["city", "indicator", "year", "source"], name="one_value_a_city_indicator_year_source"
            ),
            models.CheckConstraint(condition=Q(year__gte=1800, year__lte=2200), name="a_year_of_our_times"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, category="") | (Q(number__isnull=True) & ~Q(category="")),
                name="a_number_or_a_category",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__regex=r"^https?://"), name="a_link_of_the_web_or_none"
            ),
            models.CheckConstraint(condition=~Q(source=F("link")) & ~Q(source=""), name="a_source_with_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.city}: {self.indicator} {self.year}"

    def get_absolute_url(self) -> str:
        return self.city.get_absolute_url()

    @property
    def written(self) -> str:
        """As a sheet has it: `12.5`. Three decimals get a fourth, so that nobody takes them for thousands."""
        if self.number is None:
            return self.category
        text = f"{Decimal(self.number).normalize():f}"
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text

    @property
    def told(self) -> str:
        """As a page tells it, in the language being spoken, without its unit."""
        if self.number is None:
            words = self.indicator.categories.get(self.category, {})
            word = words.get(reader_language(), "")
            return f"{self.category} ({word})" if word else self.category
        return str(formats.number_format(self.number, self.indicator.decimals, force_grouping=True))

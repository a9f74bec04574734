"""Countries and cities, as open gazetteers have them (see NOTICE), and the cities of the demo."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from plaza.core.folding import fold
from plaza.core.names import Named


class Country(Named):
    """ISO 3166-1. `languages` as the source lists them, official first."""

    code = models.CharField(max_length=2, primary_key=True)
    languages = models.JSONField(default=list)
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name_plural = "countries"


class CityQuerySet(models.QuerySet["City"]):
    def members(self) -> "CityQuerySet":
        return self.filter(network_membership__status="member")

    def for_list(self) -> "CityQuerySet":
        """With what a line of a list shows, in the order of a reader's alphabet."""
        return self.select_related("country", "network_membership").order_by("name_sort", "pk")

    def called_like(self, words: str) -> "CityQuerySet":
        """Whose name in any language, or another name they go by, begins with `words` or has them inside."""
        return self.filter(search_names__contains=fold(words)) if words.strip() else self


class City(Named):
    """A place. Whether it is a member of the network stands in its NetworkMembership."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    # PostgreSQL has no ICU here, so the alphabet is kept folded: Ávila before Bogotá.
    name_sort = models.CharField(max_length=200, db_index=True)
    search_names = models.TextField(blank=True)
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="cities")
    admin1 = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    elevation_m = models.IntegerField(null=True)
    timezone = models.CharField(max_length=60, blank=True)
    # {"geonames": "3652462", "wikidata": "Q2900", "unlocode": "ECUIO", "iso3166-2": "EC-P"}
    identifiers = models.JSONField(default=dict)
    is_fictional = models.BooleanField(default=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "cities"
        constraints = (
            models.CheckConstraint(
                condition=Q(is_fictional=True) | Q(country__isnull=False), name="a_real_city_has_a_country"
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("portal:city", args=[self.slug])

    @property
    def full_name(self) -> str:
        """With its country, so that Córdoba and Córdoba are two: `Córdoba, Argentina`."""
        if self.country is None:
            return self.called
        return f"{self.called}, {self.country.name_in(get_language())}"

"""What a city says of itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plaza.core.translations import Translated
from plaza.directory.choices import ContactVisibility
from plaza.directory.models.places import City


class CityProfile(Translated):
    """Kept by the editors of the city: some words in its own language and others, where to find and to reach it."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(max_length=1500, blank=True)
    website = models.URLField(max_length=300, blank=True)
    contact = models.EmailField(max_length=254, blank=True)
    contact_visible_to = models.CharField(
        max_length=7, choices=ContactVisibility.choices, default=ContactVisibility.MEMBERS
    )
    # The languages of the network in which one may write to it.
    works_in = models.JSONField(default=list, blank=True)
    population_confirmed_on = models.DateField(null=True, blank=True)

    translated_fields: ClassVar[tuple[str, ...]] = ("about",)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(contact_visible_to__in=ContactVisibility.values), name="a_contact_is_shown_to_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.city.called

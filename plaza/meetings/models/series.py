"""Meetings that belong together."""

from django.db import models

from plaza.core.translations import Translated


class Series(Translated):
    """Meetings that belong together, often numbered."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=300)

    translated_fields = ("title",)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title

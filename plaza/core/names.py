"""Names of reference data: the same thing called in four languages, as its source calls it.

Vocabularies (countries, cities, topics, goals) arrive with their four names from a published source and
are not translated here: one JSON column keeps them, and no query is needed to show them.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

from plaza.core.languages import DEFAULT, known


def called_in(names: Mapping[str, Any], language: str | None) -> str:
    return str(names.get(known(language) or DEFAULT) or names.get(DEFAULT) or "")


class Named(models.Model):
    """A record of a vocabulary: `names` holds {"es": …, "pt": …, "en": …, "fr": …}."""

    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def name_in(self, language: str | None) -> str:
        return called_in(self.names, language)

    @property
    def called(self) -> str:
        """Its name in the language being spoken."""
        return self.name_in(get_language())

    def __str__(self) -> str:
        return self.called

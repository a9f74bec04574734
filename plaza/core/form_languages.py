"""Forms of what is said in four languages, side by side, with who wrote each and which of them are missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from plaza.core.form_fields import PlainField
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.models import Origin
from plaza.core.translations import Translated


@dataclass(frozen=True, slots=True)
class InALanguage:
    """One field in one language, for the template. `origin` is who or what wrote what stands there."""

    code: str
    name: str
    field: Any
    is_gap: bool
    origin: str


class LanguagesForm(forms.Form):
    """`lengths` names the texts; each stands here once a language, as `title_es`. Those in `rows_of` have several lines."""

    lengths: ClassVar[Mapping[str, int]] = {}
    labels: ClassVar[Mapping[str, Any]] = {}
    rows_of: ClassVar[Mapping[str, int]] = {}

    def __init__(self, *args: Any, record: Translated | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.origins: dict[str, str] = {}
        for name, longest in self.lengths.items():
            for language in LANGUAGES:
                rows = {"rows": self.rows_of[name]} if name in self.rows_of else {}
                hints = {"lang": language, "placeholder": self.hint(name, language), **rows}
                widget = (forms.Textarea if name in self.rows_of else forms.TextInput)(attrs=hints)
                self.fields[f"{name}_{language}"] = PlainField(
                    label=f"{self.labels[name]} ({NATIVE_NAMES[language]})",
                    max_length=longest,
                    required=False,
                    widget=widget,
                )
        if record is not None and record.pk:
            self._fill(record)

    def _fill(self, record: Translated) -> None:
        for name in self.lengths:
            self.initial[f"{name}_{record.language}"] = getattr(record, name)
            self.origins[f"{name}_{record.language}"] = Origin.SOURCE
        for row in record.translations.all():
            self.initial[f"{row.field}_{row.language}"] = row.text
            self.origins[f"{row.field}_{row.language}"] = row.origin

    def hint(self, name: str, language: str) -> str:
        """What stands in an empty field."""
        return ""

    def texts(self) -> dict[str, str]:
        return {
            f"{name}_{language}": self.cleaned_data.get(f"{name}_{language}", "")
            for name in self.lengths
            for language in LANGUAGES
        }

    def values(self, own: str) -> dict[str, str]:
        """As deeds take them: the words in the record's own language by the plain name, the others as translations."""
        texts = self.texts()
        return {
            name if language == own else f"{name}_{language}": texts[f"{name}_{language}"]
            for name in self.lengths
            for language in LANGUAGES
        }

    def rows(self) -> list[dict[str, Any]]:
        """For the template: each text with its languages, and which of them are missing."""
        standing = {key: self[key].value() or "" for name in self.lengths for key in self._keys(name)}
        missing = set(gaps(standing, self.lengths, LANGUAGES))
        rows = []
        for name in self.lengths:
            cells = [
                InALanguage(
                    language,
                    NATIVE_NAMES[language],
                    self[f"{name}_{language}"],
                    f"{name}_{language}" in missing,
                    self.origins.get(f"{name}_{language}", "") if standing[f"{name}_{language}"] else "",
                )
                for language in LANGUAGES
            ]
            rows.append(
                {"name": name, "label": self.labels[name], "cells": cells, "gaps": sum(c.is_gap for c in cells)}
            )
        return rows

    def gap_count(self) -> int:
        return sum(row["gaps"] for row in self.rows())

    def _keys(self, name: str) -> list[str]:
        return [f"{name}_{language}" for language in LANGUAGES]


def gaps(texts: Mapping[str, str], fields: Collection[str], languages: Collection[str]) -> list[str]:
    """`["headline_pt", …]`: what is said in one of the languages and not in another."""
    return [
        f"{name}_{language}"
        for name in fields
        if any(texts.get(f"{name}_{each}") for each in languages)
        for language in languages
        if not texts.get(f"{name}_{language}")
    ]

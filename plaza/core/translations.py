"""Words of a record in the reader's language, with their origin.

A record keeps its own language and its own words; other languages stand beside it in `Translation`.
A machine's words are labelled where they are shown and never take the place of a person's.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language

from plaza.core.languages import CHOICES, DEFAULT, LANGUAGES, Language, known
from plaza.core.models import Origin, Translation

if TYPE_CHECKING:
    from plaza.accounts.models import User  # AUTH_USER_MODEL: the one exception of the house's order


# Of a record: its translations, where they were read with those of others.
READ: Final = "_translations_read"


def reader_language() -> Language:
    """The language of the network in which the page, or the letter, is being written."""
    return known(get_language()) or DEFAULT


@dataclass(frozen=True, slots=True)
class Words:
    """A text to show: its language (for the `lang` attribute) and, where it is a translation, its origin."""

    text: str
    language: str
    origin: Origin | None = None

    @property
    def is_machine(self) -> bool:
        return self.origin == Origin.MACHINE


class Translated(models.Model):
    """A record with words of its own in one language, and beside them the other three."""

    language = models.CharField(max_length=2, choices=CHOICES)
    translations = GenericRelation(Translation, object_id_field="subject_id", content_type_field="subject_type")

    translated_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def words(self, field: str, language: str) -> Words:
        """The field in `language`; failing that, the record's own words. Costs no query after
        `prefetch_related("translations")`."""
        own = Words(getattr(self, field), self.language)
        if language == self.language:
            return own
        read = vars(self).get(READ)
        for row in self.translations.all() if read is None else read:
            if row.field == field and row.language == language:
                return Words(row.text, row.language, Origin(row.origin))
        return own

    def lines(self, field: str, language: str) -> list[Words]:
        """A field that holds one thing a line (choices, say): as many as its own words have, each in `language` where that
        line was translated."""
        own, there = getattr(self, field).splitlines(), self.words(field, language)
        said = there.text.splitlines()
        return [
            Words(said[number], there.language, there.origin)
            if number < len(said) and said[number]
            else Words(line, self.language)
            for number, line in enumerate(own)
        ]


def read_translations(records: Collection[Translated]) -> None:
    """For `words` what `prefetch_related("translations")` does, for records of several kinds in one query and without a
    manager for each record."""
    kinds = ContentType.objects.get_for_models(*{type(record) for record in records})
    # The same record may have been fetched twice.
    by_key: dict[tuple[int, int], list[Translated]] = defaultdict(list)
    for record in records:
        by_key[kinds[type(record)].pk, record.pk].append(record)
    asked = Q(pk__in=[])
    for kind in kinds.values():
        asked |= Q(subject_type=kind, subject_id__in=[pk for of_kind, pk in by_key if of_kind == kind.pk])
    rows: dict[tuple[int, int], list[Translation]] = defaultdict(list)
    for row in Translation.objects.filter(asked):
        rows[row.subject_type_id, row.subject_id].append(row)
    for key, same in by_key.items():
        for record in same:
            vars(record)[READ] = rows[key]


class WouldOverwriteAPerson(Exception):
    """A machine's translation was offered where a person's stands."""


@transaction.atomic
def translate(
    *,
    subject: Translated,
    field: str,
    language: str,
    text: str,
    origin: Origin,
    by: "User | None",
) -> Translation:
    """Sets one field in one language. Raises WouldOverwriteAPerson for a machine over a human."""
    if field not in subject.translated_fields:
        raise ValueError(f"{type(subject).__name__} has no translated field {field!r}")
    key = {
        "subject_type": ContentType.objects.get_for_model(subject),
        "subject_id": subject.pk,
        "field": field,
        "language": language,
    }
    standing = Translation.objects.select_for_update().filter(**key).first()
    if standing and origin == Origin.MACHINE and standing.origin != Origin.MACHINE:
        raise WouldOverwriteAPerson(f"{field} in {language}")
    reviewer = by if origin == Origin.HUMAN else None
    row, _ = Translation.objects.update_or_create(
        **key, defaults={"text": text, "origin": origin, "reviewed_by": reviewer}
    )
    return row


class OwnLanguage(Exception):
    """A translation was offered into the language that a record has already."""


@transaction.atomic
def translate_by_hand(*, subject: Translated, texts: Mapping[str, str], by: "User | None") -> list[str]:
    """Sets those of `texts` (`{"title_pt": …}`; an empty one takes the translation away) that differ from what stands.
    Returns which they were. A machine's words that nobody touched stay a machine's. Raises OwnLanguage."""
    standing = {f"{row.field}_{row.language}": row for row in subject.translations.all()}
    changed = []
    for field in subject.translated_fields:
        for language in LANGUAGES:
            name = f"{field}_{language}"
            row = standing.get(name) if language != subject.language else None
            text = texts.get(name)
            if text is None or text == (row.text if row else ""):
                continue
            if language == subject.language:
                raise OwnLanguage(name)
            if text:
                translate(subject=subject, field=field, language=language, text=text, origin=Origin.HUMAN, by=by)
            elif row:
                row.delete()
            changed.append(name)
    return changed

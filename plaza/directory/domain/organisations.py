"""Organisations: city halls' partners, universities, banks, those a network meets."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.core.records import changed
from plaza.core.slugs import free_slug
from plaza.core.translations import translate_by_hand
from plaza.directory.access import edits_institution
from plaza.directory.models import Organization

FIELDS = ("name", "type", "sector", "country", "city", "website")


@transaction.atomic
def found_organisation(*, name: str, by: User | None, **values: Any) -> Organization:
    """A new organisation of the directory."""
    organisation = Organization(slug=free_slug(Organization.objects.all(), slugify(name)[:100] or "organisation"))
    changed(organisation, {"name": name} | {key: value for key, value in values.items() if value}, FIELDS)
    organisation.save()
    history.record(verb="added", by=by, subject=organisation)
    return organisation


@transaction.atomic
def enlist(*, name: str, by: User | None, **values: Any) -> tuple[Organization, bool]:
    """The organisation of that name, and whether it is new. Accents and capitals make no other name."""
    standing = Organization.objects.filter(slug=slugify(name)[:100] or "organisation").first()
    return (standing, False) if standing else (found_organisation(name=name, by=by, **values), True)


@transaction.atomic
def correct_organisation(*, organisation: Organization, by: User | None, **values: Any) -> list[str]:
    """Returns the fields that changed; nothing is written where none did."""
    row = Organization.objects.select_for_update().get(pk=organisation.pk)
    fields = changed(row, values, FIELDS)
    if fields:
        row.save(update_fields=fields)
        history.record(verb="corrected", by=by, subject=row, fields=fields)
    return fields


@transaction.atomic
def tell_of_organisation(
    *, organisation: Organization, by: User, summaries: Mapping[str, str], language: str, website: str
) -> list[str]:
    """What an institution says of itself, by language; that in `language`, else the first there is, becomes its own
    words. Its editors say it, and those who run the network."""
    if not edits_institution(by, organisation.slug):
        raise PermissionError("only its editors tell of an institution")
    row = Organization.objects.select_for_update().get(pk=organisation.pk)
    own = next((each for each in (row.language, language, *LANGUAGES) if each and summaries.get(each)), "")
    fields = changed(
        row,
        {"website": website, "language": own, "summary": summaries.get(own, "")},
        ("website", "language", "summary"),
    )
    if fields:
        row.save(update_fields=fields)
    row.translations.filter(field="summary", language=own).delete()
    others = {f"summary_{each}": text for each, text in summaries.items() if each != own}
    fields += translate_by_hand(subject=row, texts=others, by=by)
    if fields:
        history.record(verb="page changed", by=by, subject=row, fields=fields)
    return fields

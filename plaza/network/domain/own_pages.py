"""Pages of the network's own are written, published, withdrawn, and taken back to what they were."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.network.choices import PageState
from plaza.network.domain.settings import renew, speak
from plaza.network.models import OwnPage, PageVersion


class NoWords(Exception):
    """A page needs a title and a text in its own language."""


@transaction.atomic
def write_page(
    *, page: OwnPage | None, slug: str, texts: Mapping[str, str], language: str, by: User | None, **values: Any
) -> OwnPage:
    """A new page, or other words for one there is; what stood before stays among its versions. `texts` are
    `{"title_es": …, "text_es": …}`; `values` are `shelf` and `position`. Raises NoWords."""
    _only_staff(by)
    if not (texts.get(f"title_{language}") and texts.get(f"text_{language}")):
        raise NoWords(language)
    if page is None:
        page = OwnPage(slug=slug, language=language)
        page.title, page.text = texts[f"title_{language}"], texts[f"text_{language}"]
        page.save()
        changed = ["slug"]
    else:
        page = OwnPage.objects.select_for_update().get(pk=page.pk)
        changed = []
    values = {"slug": slug, **values}
    changed += [name for name, value in values.items() if value != getattr(page, name)]
    for name, value in values.items():
        setattr(page, name, value)
    page.save(update_fields=[*values, "updated_at"])
    spoken = speak(page, texts, language, by)
    if spoken or not page.versions.exists():
        _keep_version(page, by)
    if changed or spoken:
        renew()
        history.record(verb="page written", by=by, subject=page, changed=sorted({*changed, *spoken}))
    return page


@transaction.atomic
def publish_page(*, page: OwnPage, by: User | None) -> None:
    _move(page, PageState.PUBLISHED, by, "published")


@transaction.atomic
def withdraw_page(*, page: OwnPage, by: User | None) -> None:
    """It is a draft again: for those who run the network only."""
    _move(page, PageState.DRAFT, by, "withdrawn")


@transaction.atomic
def take_back(*, page: OwnPage, version: PageVersion, by: User | None) -> OwnPage:
    """The words of an earlier version, as a new one: nothing is lost by it."""
    empty = {f"{name}_{language}": "" for name in OwnPage.translated_fields for language in LANGUAGES}
    texts = {**empty, **version.texts}
    back = write_page(page=page, slug=page.slug, texts=texts, language=version.language, by=by)
    history.record(verb="taken back", by=by, subject=page, version=version.number)
    return back


def texts_of(page: OwnPage) -> dict[str, str]:
    """Its words in all languages, by the names that forms and versions use."""
    texts = {f"{row.field}_{row.language}": row.text for row in page.translations.all()}
    return {**texts, f"title_{page.language}": page.title, f"text_{page.language}": page.text}


def _keep_version(page: OwnPage, by: User | None) -> None:
    fresh = OwnPage.objects.prefetch_related("translations").get(pk=page.pk)
    number = (page.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    PageVersion.objects.create(page=page, number=number, language=fresh.language, texts=texts_of(fresh), by=by)


def _move(page: OwnPage, to: PageState, by: User | None, verb: str) -> None:
    _only_staff(by)
    here = OwnPage.objects.select_for_update().get(pk=page.pk)
    if here.state != to:
        here.state = to
        here.save(update_fields=["state", "updated_at"])
        renew()
        history.record(verb=verb, by=by, subject=here)


def _only_staff(by: User | None) -> None:
    if by is not None and not is_staff(by):
        raise PermissionError("only those who run the network write its pages")

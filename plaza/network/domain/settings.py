"""What those who run the network decide about its face."""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import DEFAULT, LANGUAGES
from plaza.core.translations import Translated, translate_by_hand
from plaza.network.domain.logos import examined
from plaza.network.models import NetworkSettings, Picture

PLAIN = ("languages", "colour", "accent", "contact", "terms_url", "privacy_url")


def the_settings() -> NetworkSettings:
    """The row, or one that is not kept yet."""
    return NetworkSettings.objects.select_related("logo").first() or NetworkSettings(language=DEFAULT)


@transaction.atomic
def change_settings(
    *,
    texts: Mapping[str, str],
    language: str,
    by: User | None,
    logo: bytes | None = None,
    without_logo: bool = False,
    **values: Any,
) -> list[str]:
    """`texts` are `{"headline_es": …}`, `language` the default one, whose words are the network's own. Returns what was
    changed. Raises NotALogo."""
    _only_staff(by)
    row = _locked(language)
    changed = _say(row, texts, language)
    for name in PLAIN:
        if name in values and values[name] != getattr(row, name):
            setattr(row, name, values[name])
            changed.append(name)
    if language not in row.languages:
        row.languages = [each for each in LANGUAGES if each in {*row.languages, language}]
    if logo:
        row.logo = _picture(logo)
        changed.append("logo")
    elif without_logo and row.logo:
        row.logo = None
        changed.append("logo")
    row.save(update_fields=["language", *NetworkSettings.translated_fields, *PLAIN, "logo"])
    changed += translate_by_hand(subject=row, texts=_others(texts, language), by=by)
    if changed:
        renew()
        history.record(verb="settings changed", by=by, subject=row, changed=sorted(changed))
    return changed


def renew() -> None:
    """After an edit of the settings or of a page: every process reads them again. To be called in the edit's own
    transaction."""
    NetworkSettings.objects.get_or_create(defaults={"language": DEFAULT})
    NetworkSettings.objects.update(version=uuid.uuid4())


def speak(row: Translated, texts: Mapping[str, str], language: str, by: User | None) -> list[str]:
    """Sets the words of a record that is kept already, in all languages, with `language` as its own. Saves."""
    changed = _say(row, texts, language)
    if changed:
        row.save(update_fields=["language", *row.translated_fields])
    return changed + translate_by_hand(subject=row, texts=_others(texts, language), by=by)


def _say(row: Translated, texts: Mapping[str, str], language: str) -> list[str]:
    """Sets the record's own words, without saving. In another language than before, the words that stood there become a
    translation, for `texts` hold them too."""
    changed = []
    if row.language != language:
        row.translations.filter(language=language).delete()
        row.language = language
        getattr(row, "_prefetched_objects_cache", {}).pop("translations", None)
        changed.append("language")
    for name in row.translated_fields:
        text = texts.get(f"{name}_{language}", getattr(row, name))
        if text != getattr(row, name):
            setattr(row, name, text)
            changed.append(f"{name}_{language}")
    return changed


def _others(texts: Mapping[str, str], language: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if not name.endswith(f"_{language}")}


def _locked(language: str) -> NetworkSettings:
    NetworkSettings.objects.get_or_create(defaults={"language": language})
    return NetworkSettings.objects.select_for_update().get()


def _picture(data: bytes) -> Picture:
    media_type, content = examined(data)
    digest = hashlib.sha256(content).hexdigest()[:32]
    return Picture.objects.get_or_create(digest=digest, defaults={"media_type": media_type, "content": content})[0]


def _only_staff(by: User | None) -> None:
    if by is not None and not is_staff(by):
        raise PermissionError("only those who run the network change its face")

"""What was quoted, also in the reader's language, where the host has a machine for it. Never in place of what was said, never
a person's words that are not public: they go to a server.

Made when somebody first reads it, within a few seconds or not at all, and kept: nobody waits for it twice.
"""

import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from plaza.core.languages import Language, known
from plaza.core.models import Origin
from plaza.core.translations import Words
from plaza.knowledge.choices import Visibility
from plaza.search.domain.finding import Found
from plaza.search.domain.translator import NoTranslation, translator
from plaza.search.models import QuoteTranslation

log: Final = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 3.0
LEAST_SECONDS: Final = 0.2


def translations_of(found: Sequence[Found], language: Language) -> list[Words | None]:
    """Of the best place of each, in their order; None for what was said in `language` already, for what is not public and
    where there is no machine, or it does not answer. One query, and one more where something new was translated."""
    machine = translator()
    wanted = [each for each in found if machine and _is_wanted(each, language)]
    if machine is None or not wanted:
        return [None] * len(found)
    keys = {key_of(each.best) for each in wanted}
    kept = QuoteTranslation.objects.filter(language=language, key__in=keys).values_list(
        "source", "source_id", "key", "text"
    )
    said = {tuple(whose): text for *whose, text in kept}
    missing: dict[Language, list[Found]] = defaultdict(list)
    for each in wanted:
        spoken = known(each.hit.language)
        if spoken and _whose(each) not in said:
            missing[spoken].append(each)
    until = time.monotonic() + PATIENCE_SECONDS
    for spoken, places in missing.items():
        left = until - time.monotonic()
        if left < LEAST_SECONDS:
            break
        try:
            texts = machine.translate([each.best for each in places], spoken, language, seconds=left)
        except NoTranslation as reason:
            log.warning("quotes are shown without a translation: %s", reason)
            break
        said |= _kept(places, texts, language)
    texts_of = [said.get(_whose(each)) for each in found]
    return [Words(text, language, Origin.MACHINE) if text else None for text in texts_of]


def key_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _is_wanted(found: Found, language: Language) -> bool:
    work = found.owner.work
    is_public = work.is_published and work.visibility == Visibility.PUBLIC
    return is_public and known(found.hit.language) not in (None, language)


def _whose(found: Found) -> tuple[str, ...]:
    return (found.hit.source, found.hit.source_id, key_of(found.best))


@transaction.atomic
def _kept(places: Sequence[Found], texts: Sequence[str], language: Language) -> dict[tuple[str, ...], str]:
    rows = {_whose(each): text for each, text in zip(places, texts, strict=True)}
    QuoteTranslation.objects.bulk_create(
        [
            QuoteTranslation(source=source, source_id=source_id, key=key, language=language, text=text)
            for (source, source_id, key), text in rows.items()
        ],
        # Somebody else read it at the same moment.
        ignore_conflicts=True,
    )
    return rows

"""What somebody without an account may do: ask, add a word, withdraw."""

import datetime as dt
import hmac
import uuid
from typing import Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plaza.core import history, locks, rate
from plaza.core.secret_links import hash_of
from plaza.core.subjects import Found
from plaza.corrections.choices import CorrectionKind, CorrectionState
from plaza.corrections.domain.links import token_of
from plaza.corrections.domain.writing import tell
from plaza.corrections.models import Correction, CorrectionWord

# Letters go to an address that anybody may have typed: few, and none with words of the asker.
RECEIPTS: Final = rate.Limit("receipts of corrections", burst=3, every=3600)
MOST_WORDS: Final = 30
# One at a time takes the next number.
LOCK: Final = "corrections: numbers"


class NoMoreWords(Exception):
    """The request is closed, or so much was added to it that nobody could read more."""


@transaction.atomic
def ask(
    *,
    form_key: uuid.UUID,
    kind: CorrectionKind,
    wrong: str,
    wish: str,
    name: str,
    email: str,
    language: str,
    capacity: str = "",
    found: Found | None = None,
    about: str = "",
    path: str = "",
) -> Correction:
    """Takes a request in and writes the receipt. The same form sent twice gives the first request again."""
    fingerprint = _fingerprint(str(form_key), kind, wrong, wish, name, email, capacity, path, about)
    locks.hold(LOCK)
    first = Correction.objects.filter(fingerprint=fingerprint).first()
    if first is not None:
        return first
    today = timezone.localdate()
    correction = Correction(
        year=today.year,
        serial=(Correction.objects.filter(year=today.year).aggregate(last=Max("serial"))["last"] or 0) + 1,
        fingerprint=fingerprint,
        kind=kind,
        capacity=capacity,
        language=language,
        name=name,
        email=email,
        wrong=wrong,
        wish=wish,
        about=found.name[:300] if found else about,
        path=found.path if found else path,
        due_on=today + dt.timedelta(days=settings.CORRECTION_DAYS),
    )
    if found is not None:
        correction.subject_type = ContentType.objects.get_for_model(found.record)
        correction.subject_id = found.record.pk
    correction.token_hash = hash_of(token_of(correction))
    correction.save()
    history.record(verb="received", by=None, subject=correction)
    if rate.take(RECEIPTS, email.lower()):
        tell(correction, "receipt")
    return correction


@transaction.atomic
def add_word(*, correction: Correction, text: str) -> CorrectionWord:
    """The same word sent twice is one."""
    here = Correction.objects.select_for_update().get(pk=correction.pk)
    last = here.words.order_by("-at", "-pk").first()
    if last is not None and not last.is_answer and last.text == text:
        return last
    if not here.is_open or here.words.filter(is_answer=False).count() >= MOST_WORDS:
        raise NoMoreWords(here.number)
    word = here.words.create(is_answer=False, text=text)
    history.record(verb="word added", by=None, subject=here)
    return word


@transaction.atomic
def withdraw(*, correction: Correction) -> Correction:
    """The asker wants nothing any more. What is closed stays as it is."""
    here = Correction.objects.select_for_update().get(pk=correction.pk)
    if here.is_open:
        here.state, here.closed_at = CorrectionState.WITHDRAWN, timezone.now()
        here.save(update_fields=["state", "closed_at"])
        history.record(verb="withdrawn", by=None, subject=here)
    return here


def _fingerprint(*parts: str) -> str:
    said = "\0".join(parts).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()

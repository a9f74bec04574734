"""What somebody agrees to, in the words she reads. Other words are another version."""

from collections.abc import Collection
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.registration.choices import ConsentPurpose
from plaza.registration.models import Consent, Registration

VERSION: Final = "1"


def words_of(purpose: ConsentPurpose) -> str:
    """In the language that is spoken now."""
    if purpose == ConsentPurpose.LISTED:
        return _("Others who take part may see my name, my city and my sector.")
    if purpose == ConsentPurpose.WRITTEN:
        return _("You may write to me after this meeting: its recording, and what follows from it.")
    return _("I may be seen and heard in photographs and in the recording of this meeting.")


def agree(registration: Registration, purposes: Collection[str]) -> None:
    """Exactly these hold from now on; one that was taken back stays on record with its hour."""
    standing = {row.purpose: row for row in registration.consents.filter(withdrawn_at__isnull=True)}
    gone = [row.pk for purpose, row in standing.items() if purpose not in purposes]
    if gone:
        Consent.objects.filter(pk__in=gone).update(withdrawn_at=timezone.now())
    Consent.objects.bulk_create(
        Consent(registration=registration, purpose=purpose, words=words_of(purpose), version=VERSION)
        for purpose in ConsentPurpose
        if purpose in purposes and purpose not in standing
    )

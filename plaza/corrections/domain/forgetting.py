"""Personal data of a request are erased some time after it was closed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plaza.corrections.models import Correction, CorrectionWord


@transaction.atomic
def erase_old() -> int:
    """Name, address and words of requests closed PLAZA_CORRECTIONS_KEPT_DAYS ago; the secret link still shows what
    is left: number, days, kind and outcome."""
    before = timezone.now() - dt.timedelta(days=settings.CORRECTIONS_KEPT_DAYS)
    old = Correction.objects.filter(erased_at__isnull=True, closed_at__lt=before)
    return forget(list(old.select_for_update().values_list("pk", flat=True)))


def forget(pks: list[int]) -> int:
    """Of requests that are closed, whoever asked and what was said."""
    CorrectionWord.objects.filter(correction__in=pks).delete()
    return Correction.objects.filter(pk__in=pks).update(
        name="",
        email="",
        wrong="",
        wish="",
        about="",
        path="",
        capacity="",
        subject_type=None,
        subject_id=None,
        fingerprint=None,
        erased_at=timezone.now(),
    )

"""What is not needed any more is forgotten: addresses that were never confirmed, subscriptions that ended, and to whom a
newsletter of long ago went."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from plaza.newsletters.domain.issues import counts_of
from plaza.newsletters.domain.subscribing import link_known
from plaza.newsletters.models import LASTS, Issue, Subscriber

# So long the secretariat can still see why an address was put aside, and to whom a letter did not come.
KEPT: Final = dt.timedelta(days=90)


@transaction.atomic
def forget_old() -> None:
    now = timezone.now()
    link_known(Subscriber.objects.all())
    Subscriber.objects.unconfirmed().filter(asked_at__lt=now - LASTS).delete()
    Subscriber.objects.filter(ended_at__lt=now - KEPT).delete()
    Subscriber.objects.left_before(now - KEPT).delete()
    for issue in Issue.objects.filter(closed_at__lt=now - KEPT, copies__isnull=False).distinct():
        issue.outcome = counts_of(issue)
        issue.save(update_fields=["outcome"])
        issue.copies.all().delete()

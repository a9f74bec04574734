"""What a meeting asks of those who get a certificate."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.certificates.domain.modules import modules_of
from plaza.certificates.models import CertificateRule
from plaza.core import history
from plaza.core.records import changed
from plaza.meetings.choices import BEEN_HELD, MeetingStatus
from plaza.meetings.models import Meeting

FIELDS: Final = ("measure", "amount", "counts_door", "modules")


def rule_of(meeting: Meeting) -> CertificateRule:
    """The usual one until it is changed for the first time."""
    return CertificateRule.objects.filter(meeting=meeting).first() or CertificateRule(meeting=meeting)


def held(meeting: Meeting) -> CertificateRule:
    """Held until the deed is done: two who issue at once come one after the other."""
    CertificateRule.objects.get_or_create(meeting=meeting)
    return CertificateRule.objects.select_for_update().get(meeting=meeting)


@transaction.atomic
def set_rule(*, meeting: Meeting, by: User | None, **values: Any) -> list[str]:
    """Certificates that were issued stay."""
    rule = held(meeting)
    fields = changed(rule, values, FIELDS)
    if fields:
        rule.save(update_fields=fields)
        history.record(verb="certificate rule changed", by=by, subject=meeting, fields=fields)
    return fields


def has_been_held(meeting: Meeting) -> bool:
    """Before that nobody can have stayed long enough."""
    if meeting.status in BEEN_HELD:
        return True
    if meeting.is_off or meeting.status == MeetingStatus.DRAFT:
        return False
    # A course without a date of its own lasts as long as its modules.
    lasting = [meeting] if meeting.ends_at or meeting.date_end else modules_of(meeting)
    return bool(lasting) and all(_has_ended(each) for each in lasting)


def _has_ended(meeting: Meeting) -> bool:
    if meeting.ends_at is not None:
        return meeting.ends_at <= timezone.now()
    return meeting.date_end is not None and meeting.date_end < timezone.localdate()

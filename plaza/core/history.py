"""History: who did what to which record, when and why, written in the deed's own transaction."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from plaza.core.models import HistoryEntry

if TYPE_CHECKING:
    from plaza.accounts.models import User  # AUTH_USER_MODEL: the one exception of the house's order


def record(*, verb: str, by: "User | None", subject: Model, why: str = "", **details: Any) -> HistoryEntry:
    """Writes one entry. `by` is None for the system itself (a job, a first loading)."""
    return HistoryEntry.objects.create(
        verb=verb,
        by_id=by.pk if by is not None else None,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        why=why,
        details=details,
    )


def of(subject: Model) -> QuerySet[HistoryEntry]:
    """What happened to a record, oldest first."""
    return HistoryEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).order_by("at", "pk")

"""The certificates of somebody with an account."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from plaza.certificates.choices import CertificateState
from plaza.certificates.models import Certificate
from plaza.core.models import HistoryEntry
from plaza.core.personal import Whom
from plaza.core.times import in_minutes
from plaza.directory.models import Person
from plaza.registration.models import Registration, RegistrationDesk


def _rows(whom: Whom) -> "QuerySet[Certificate]":
    """Also those of a record that became part of hers: of two of one meeting, one stays with it."""
    hers = Q(email__iexact=whom.email) | Q(registration__email__iexact=whom.email) | Q(registration__user=whom.user)
    of_person = Q(person__user=whom.user) | Q(person__merged_into__user=whom.user)
    return Certificate.objects.filter(hers | of_person).order_by("pk")


def tell(whom: Whom) -> list[dict[str, Any]]:
    return [
        {
            "what": "certificate",
            "meeting": row.title,
            "code": row.shown_code,
            "state": row.state,
            "name": row.name,
            "city": row.city,
            "email": row.email,
            "minutes": in_minutes(row.seconds),
            "issued": row.issued_at.isoformat(),
            "why": row.why,
            "ended_why": row.ended_why,
        }
        for row in _rows(whom)
    ]


def erase(whom: Whom) -> None:
    """The code says that it was withdrawn, and nothing of whom it was; whoever holds the paper is told no more."""
    _hold(whom)
    pks = list(_rows(whom).values_list("pk", flat=True))
    Certificate.objects.filter(pk__in=pks).update(
        state=CertificateState.WITHDRAWN, ended_at=timezone.now(), ended_why="", why="", name="", city="", email="",
        seconds=None, registration=None, person=None,
    )  # fmt: skip
    # A reason may name her.
    kind = ContentType.objects.get_for_model(Certificate)
    HistoryEntry.objects.filter(subject_type=kind, subject_id__in=pks).update(why="")


def _hold(whom: Whom) -> None:
    """Whoever issues holds them too: from now on nothing is issued to her any more. The desks first, as all deeds of
    registration do: two that hold each other's would both wait for ever."""
    hers = Registration.objects.filter(Q(user=whom.user) | Q(email__iexact=whom.email))
    desks = RegistrationDesk.objects.filter(meeting__in=hers.values("meeting"))
    records = Person.objects.filter(Q(user=whom.user) | Q(merged_into__user=whom.user))
    for rows in (desks, hers, records):
        list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))

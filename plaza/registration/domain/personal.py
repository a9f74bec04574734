"""What is kept of somebody who registered."""

from typing import Any

from django.db.models import Q, QuerySet

from plaza.accounts.domain.former_addresses import former_among
from plaza.core.personal import Whom
from plaza.registration.domain.answers import forget_files_of, said
from plaza.registration.domain.seats import held, move_on
from plaza.registration.models import Invitation, OwnCalendar, Registration, RegistrationDesk


def registrations_of(whom: Whom) -> "QuerySet[Registration]":
    """Of her account, and under an address that it has or had: not every one was ever confirmed."""
    emails = Registration.objects.order_by().values_list("email", flat=True).distinct()
    hers = Q(email__iexact=whom.email) | Q(user=whom.user) | Q(email__in=former_among(whom.user, emails))
    return Registration.objects.filter(hers).order_by("pk")


def tell(whom: Whom) -> list[dict[str, Any]]:
    """What is kept of her here, for her dump: registrations with answers and consents, invitations, and that she
    has a calendar link."""
    rows = registrations_of(whom).select_related("meeting", "city__country")
    told: list[dict[str, Any]] = []
    for row in rows.prefetch_related("answers__question__translations", "consents"):
        told.append(
            {
                "what": "registration",
                "meeting": row.meeting.title,
                "page": row.meeting.get_absolute_url(),
                "number": row.number,
                "state": row.state,
                "name": row.name,
                "email": row.email,
                "city": row.place,
                "sector": row.sector,
                "accessibility": row.accessibility,
                "language": row.language,
                "registered": row.registered_at.isoformat(),
                "checked_in": row.checked_in_at.isoformat() if row.checked_in_at else None,
                "went_in": row.joined_at.isoformat() if row.joined_at else None,
            }
        )
        told += [
            {"what": "answer", "question": each.question.label, "answer": said(each, row.language)}
            for each in row.answers.all()
        ]
        told += [
            {
                "what": "consent",
                "agreed_to": each.words,
                "version": each.version,
                "given": each.given_at.isoformat(),
                "taken_back": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            }
            for each in row.consents.all()
        ]
    invited = Invitation.objects.filter(email__iexact=whom.email).order_by("pk")
    told += [{"what": "invited to a meeting", "name": row.name, "sent": row.sent_at.isoformat()} for row in invited]
    calendar = OwnCalendar.objects.filter(user=whom.user).first()
    if calendar:
        told.append({"what": "calendar link", "made": calendar.made_at.isoformat()})
    return told


def erase(whom: Whom) -> None:
    """All of it, with the files. A seat of hers goes on to whoever waits."""
    rows = list(registrations_of(whom))
    for row in rows:
        forget_files_of(row)
    desks = RegistrationDesk.objects.filter(meeting__in={row.meeting_id for row in rows}).order_by("pk")
    held_desks = [held(desk) for desk in desks]
    Registration.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Invitation.objects.filter(email__iexact=whom.email).delete()
    OwnCalendar.objects.filter(user=whom.user).delete()
    for desk in held_desks:
        move_on(desk)
